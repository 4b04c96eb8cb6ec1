import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls.models import Inquiry
from journal.models import Event
from notifications.models import Message
from tests.calls.addresses import page
from tests.factories import CallFactory, InquiryFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def test_an_agent_asks_and_is_told_the_answer(staff):
    agent, call = UserFactory(), CallFactory()

    inquiry = Inquiry.ask(by=agent, call=call, text="Un contractuel peut-il candidater ?")
    inquiry.reply(by=staff, text="Les contractuels aussi ?", answer="Oui.")
    inquiry.reply(by=staff, text="Les contractuels aussi ?", answer="Oui, tous.")

    assert (inquiry.answer, inquiry.answered_by) == ("Oui, tous.", staff)
    verbs = [event.verb for event in Event.objects.about(call)]
    assert verbs == ["inquiry.asked", "inquiry.answered", "inquiry.answered"]
    letters = Message.objects.filter(notice="calls/inquiry_answered")
    assert [letter.recipient for letter in letters] == [agent]


def test_the_team_answers_before_anyone_asks_and_writes_to_nobody(staff):
    call = CallFactory()

    Inquiry.publish(by=staff, call=call, text="Et à mi-temps ?", answer="Oui.")

    assert Inquiry.objects.public().count() == 1
    assert not Message.objects.exists()


def test_only_the_team_answers():
    inquiry = InquiryFactory()

    with pytest.raises(Refused, match="Seule l’équipe"):
        inquiry.reply(by=inquiry.asked_by, text="?", answer="Oui.")


@pytest.mark.parametrize("traits", [{"closed": True}, {"draft": True}, {"archived": True}])
def test_nobody_asks_about_a_call_that_is_over_or_not_published(traits):
    with pytest.raises(Refused, match="On ne pose plus de question"):
        Inquiry.ask(by=UserFactory(), call=CallFactory(**traits), text="Et ensuite ?")


def test_a_sixth_question_waits_for_the_answer_to_the_first_five():
    agent, call = UserFactory(), CallFactory()
    InquiryFactory.create_batch(5, call=call, asked_by=agent)

    with pytest.raises(Refused, match="attendent déjà"):
        Inquiry.ask(by=agent, call=call, text="Encore une ?")


def test_who_reads_a_question(staff):
    waiting, answered = InquiryFactory(), InquiryFactory(answered=True)
    hidden = InquiryFactory(answered=True, call__draft=True)

    def seen(user):
        return set(Inquiry.objects.visible_to(user))

    assert seen(UserFactory()) == {answered}
    assert seen(waiting.asked_by) == {waiting, answered}
    assert seen(staff) == {waiting, answered, hidden}
    assert set(Inquiry.objects.answerable_by(staff)) == {waiting, answered, hidden}
    assert set(Inquiry.objects.answerable_by(waiting.asked_by)) == set()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"text": " "}, "inquiry_asks_something"),
        ({"answer": "Oui."}, "inquiry_answered_with_words_when_and_by_whom"),
        ({"answered": True, "answer": " "}, "inquiry_answered_with_words_when_and_by_whom"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        InquiryFactory(**fields)


def test_a_question_goes_from_the_agent_to_everyone_in_pages(client, staff):
    agent, call = UserFactory(), CallFactory()
    client.force_login(agent)
    sent = {"text": "Un contractuel peut-il candidater ?"}

    asked = client.post(page("inquiry-new", call.slug), sent, follow=True)
    assertContains(asked, "En attente d’une réponse")
    client.force_login(staff)
    reply = page("inquiry", Inquiry.objects.get().pk)
    assertContains(client.post(reply, sent | {"answer": ""}), "Un contractuel", status_code=422)
    client.post(reply, sent | {"answer": "Oui, sans condition."})

    client.logout()
    public = client.get(page("inquiry-list", call.slug))
    assertContains(public, "Oui, sans condition.")
    assertNotContains(public, agent.last_name)


def test_the_team_publishes_both_at_once_in_pages(client, staff):
    call = CallFactory()
    client.force_login(staff)

    sent = {"text": "Et à mi-temps ?", "answer": "Oui."}
    response = client.post(page("inquiry-new", call.slug), sent, follow=True)

    assertContains(response, "C’est publié.")


def test_the_team_sees_in_its_space_what_awaits_an_answer(client, staff):
    InquiryFactory(call__title="Promotion 8")
    client.force_login(staff)

    assertContains(client.get(reverse("desk")), "Répondre à 1 question")


def test_the_preview_shows_the_form_as_an_agent_meets_it(client, staff):
    condition = {"question": "q1", "equals": "yes"}
    questions = [
        {"kind": "yes_no", "label": "Un prototype ?"},
        {"kind": "link", "label": "À quelle adresse ?", "condition": condition},
        {"kind": "info", "label": "À savoir", "help": "Une page suffit.", "required": False},
    ]
    call = CallFactory(draft=True, questions=questions)
    client.force_login(staff)

    response = client.get(page("team-call-preview", call.slug))

    assertContains(response, 'name="q2"')
    assertContains(response, "data-condition")
    assertContains(response, "Une page suffit.")
