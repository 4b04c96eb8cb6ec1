"""The versions of a form: nobody loses a word when it changes."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from base.lifecycle import Refused
from calls.models import Answer, Application, FormRevision
from calls.models.answer import Entry
from calls.models.rewording import reworded
from journal.models import Event
from notifications.models import Message
from tests.calls.addresses import page
from tests.factories import ApplicationFactory, CallFactory, QuestionFactory, UserFactory


@pytest.fixture
def call():
    return CallFactory()


def keys(revision):
    return [question.key for question in revision.questions.in_order()]


def fresh(application):
    return Application.objects.get(pk=application.pk)


def verbs(call):
    return [event.verb for event in Event.objects.about(call)]


def test_a_version_begins_as_the_last_one_with_its_keys(call, staff):
    revision = FormRevision.prepare(call, by=staff)

    assert (revision.number, keys(revision)) == (2, ["q1", "q2", "q3"])
    assert not any(row.change for row in reworded(call.form, revision))
    assert verbs(call) == ["form.prepared"]


def test_agents_go_on_with_the_published_version_meanwhile(call, staff):
    revision = FormRevision.prepare(call, by=staff)
    revision.questions.get(key="q1").remove(by=staff)

    application = Application.start(by=UserFactory(), call=call)

    assert call.form.number == application.revision.number == 1
    assert call.form_in_hand() == revision


def test_publishing_lets_the_drafts_follow_and_leaves_what_is_deposited(call, staff):
    draft, deposited = ApplicationFactory(call=call), ApplicationFactory(call=call)
    deposited.deposit(by=deposited.author)
    revision = FormRevision.prepare(call, by=staff)
    revision.questions.get(key="q2").remove(by=staff)

    revision.publish(by=staff)

    assert (fresh(draft).revision, fresh(deposited).revision.number) == (revision, 1)
    assert verbs(call)[-1] == "form.published"
    letters = Message.objects.filter(notice="calls/form_changed")
    assert [letter.recipient for letter in letters] == [draft.author]


def test_an_answer_whose_question_is_gone_is_kept_and_shown_to_its_writer(client, call, staff):
    draft = ApplicationFactory(call=call)
    revision = FormRevision.prepare(call, by=staff)
    revision.questions.get(key="q2").remove(by=staff)
    revision.publish(by=staff)
    draft = fresh(draft)

    receipt = draft.deposit(by=draft.author)

    assert [(q.key, text) for q, text in draft.orphans()] == [
        ("q2", "Les directions départementales.")
    ]
    assert "Pour qui ?" not in dict(receipt.snapshot.sections)
    client.force_login(draft.author)
    other = ApplicationFactory(call=call, author=UserFactory())
    client.force_login(other.author)
    shown = client.get(page("writing", other.pk))
    assertContains(shown, "Vos réponses à des questions qui ne sont plus posées")
    assertContains(shown, "Les directions départementales.")


def test_a_page_opened_before_the_change_still_saves_what_is_typed_in_it(client, call, staff):
    draft = ApplicationFactory(call=call)
    revision = FormRevision.prepare(call, by=staff)
    revision.questions.get(key="q2").remove(by=staff)
    revision.publish(by=staff)
    client.force_login(draft.author)

    data = {"key": "q2", "q2": "Tapé dans l’ancienne page.", "version_q2": "1"}
    response = client.post(page("autosave", draft.pk), data)

    assert response.json()["state"] == "saved"
    assert [text for _q, text in fresh(draft).orphans()] == ["Tapé dans l’ancienne page."]


def test_a_question_taken_back_finds_its_answers_again(call, staff):
    draft = ApplicationFactory(call=call)
    first = FormRevision.prepare(call, by=staff)
    first.questions.get(key="q2").remove(by=staff)
    first.publish(by=staff)
    second = FormRevision.prepare(call, by=staff)
    QuestionFactory(revision=second, key="q2", position=9)
    second.publish(by=staff)

    assert fresh(draft).orphans() == []
    assert fresh(draft).gaps() == []


def test_a_question_once_published_keeps_its_kind(call, staff):
    revision = FormRevision.prepare(call, by=staff)

    with pytest.raises(Refused, match="le type d’une question publiée ne change pas"):
        revision.questions.get(key="q1").edit(by=staff, kind="short", max_words=None)

    added = revision.add_question(by=staff, kind="short", label="Où ?")
    added.edit(by=staff, kind="long")
    assert added.kind == "long"


def test_a_version_is_given_up(call, staff):
    FormRevision.prepare(call, by=staff).discard(by=staff)

    assert call.form_in_hand() == call.form
    assert verbs(call) == ["form.prepared", "form.discarded"]


REFUSED = {
    "a second one at once": (
        lambda call, by: [FormRevision.prepare(call, by=by) for _time in range(2)],
        "déjà en préparation",
    ),
    "nothing changed": (
        lambda call, by: FormRevision.prepare(call, by=by).publish(by=by),
        "Rien n’a changé",
    ),
    "a published one": (lambda call, by: call.form.publish(by=by), "ne change plus"),
    "giving up what is published": (lambda call, by: call.form.discard(by=by), "ne change plus"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_version_is_refused(case, call, staff):
    verb, sentence = REFUSED[case]

    with pytest.raises(Refused, match=sentence):
        verb(call, staff)


def test_an_empty_version_is_not_published(call, staff):
    revision = FormRevision.prepare(call, by=staff)
    for question in revision.questions.all():
        question.remove(by=staff)

    with pytest.raises(Refused, match="Ajoutez au moins une question"):
        revision.publish(by=staff)


@pytest.mark.parametrize("traits", [{"closed": True}, {"in_grace": True}, {"archived": True}])
def test_the_form_of_a_finished_call_changes_no_more(traits, staff):
    with pytest.raises(Refused, match="ne change plus"):
        FormRevision.prepare(CallFactory(**traits), by=staff)


def test_only_the_team_prepares_a_version(call):
    with pytest.raises(Refused):
        FormRevision.prepare(call, by=UserFactory())


def test_the_form_of_a_call_in_preparation_has_no_version_of_its_own(staff):
    form = CallFactory(draft=True).form

    with pytest.raises(Refused, match="publié avec son appel"):
        form.publish(by=staff)
    with pytest.raises(Refused, match="garde son formulaire"):
        form.discard(by=staff)


def test_two_versions_are_compared_question_by_question_and_word_by_word(call, staff):
    revision = FormRevision.prepare(call, by=staff)
    revision.questions.get(key="q1").edit(
        by=staff, label="Quel irritant voulez-vous résoudre ?", max_words=200
    )
    revision.questions.get(key="q2").remove(by=staff)
    revision.questions.get(key="q3").shift(by=staff, up=True)
    revision.add_question(by=staff, kind="short", label="Où ?")

    rows = {row.key: row for row in reworded(call.form, revision)}

    assert {key: [change.value for change in row.changes] for key, row in rows.items()} == {
        "q3": ["moved"],
        "q1": ["changed"],
        "q4": ["added"],
        "q2": ["removed"],
    }
    parts = {line.heading: line.parts for line in rows["q1"].lines}
    assert [(part.kind.value, part.text) for part in parts["Question"][:4]] == [
        ("same", "Quel "),
        ("gone", "problème"),
        ("new", "irritant"),
        ("same", " voulez-vous résoudre"),
    ]


def a_question(revision, number):
    """One of the questions, or a new one where there is none."""
    questions = list(revision.questions.in_order())
    return questions[number % len(questions)] if questions else None


def run(operation, number, call, draft, staff):
    """One change of the form in hand, or one word typed in the draft."""
    revision = call.form_in_hand()
    if revision.published_at:
        revision = FormRevision.prepare(call, by=staff)
    question = a_question(revision, number)
    STEPS[operation if question else "add"](revision, question, number, draft, staff)


def write_somewhere(draft, number):
    key = draft.questions[number % len(draft.questions)].key
    entry = Entry(key, f"Texte {number}", draft.version_of(key))
    draft.write(by=draft.author, entries=[entry])


STEPS = {
    "add": lambda r, q, n, d, by: r.add_question(by=by, kind="short", label=f"Question {n}"),
    "edit": lambda r, q, n, d, by: q.edit(by=by, label=f"Question dite autrement {n}"),
    "remove": lambda r, q, n, d, by: q.remove(by=by),
    "up": lambda r, q, n, d, by: q.shift(by=by, up=True),
    "down": lambda r, q, n, d, by: q.shift(by=by, up=False),
    "publish": lambda r, q, n, d, by: r.publish(by=by),
    "type": lambda r, q, n, d, by: write_somewhere(fresh(d), n),
}
operations = st.lists(
    st.tuples(st.sampled_from([*STEPS]), st.integers(0, 9)), min_size=3, max_size=14
)


@settings(max_examples=20, deadline=None)
@given(operations)
def test_whatever_the_team_does_no_answer_is_lost(steps):
    call, staff = CallFactory(), UserFactory(staff=True)
    draft = ApplicationFactory(call=call)
    written = {answer.key: answer.text for answer in draft.answers.all()}

    for operation, number in steps:
        with suppress(Refused):
            run(operation, number, call, draft, staff)
        now = {a.key: a.text for a in Answer.objects.filter(application=draft)}
        assert set(written) <= set(now)
        assert operation == "type" or now == written
        written = now
        seen = fresh(draft)
        shown = {q.key for q in seen.questions} | {q.key for q, _text in seen.orphans()}
        assert {key for key, text in now.items() if text} <= shown
        assert seen.revision == call.form
