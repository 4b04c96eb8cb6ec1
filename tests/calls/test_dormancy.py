from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from base.lifecycle import Refused
from calls.duties import awaiting
from calls.funnel import funnel_of
from calls.models import Application
from calls.models.answer import Entry
from calls.tasks import expire_drafts, rest_drafts
from journal.models import Event
from notifications.models import Message
from tests.calls.addresses import page
from tests.calls.deposits import end
from tests.factories import ApplicationFactory, CallFactory, CoApplicantFactory, UserFactory


def days(count):
    return timezone.now() + timedelta(days=count)


def told():
    return sorted((m.notice.partition("/")[2], m.address) for m in Message.objects.all())


def verbs(subject):
    return [event.verb for event in Event.objects.about(subject)]


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.mark.parametrize(("age", "asleep"), [(181, True), (179, False)])
def test_a_draft_that_nobody_touches_for_six_months_falls_asleep(age, asleep):
    draft = ApplicationFactory(dormant=True, edited_at=days(-age))

    assert (draft.is_dormant, Application.objects.dormant().contains(draft)) == (asleep, asleep)
    assert Application.objects.writable().contains(draft) != asleep


def test_one_that_is_only_begun_falls_asleep_too():
    draft = ApplicationFactory(call__rolling=True, blank=True, started_at=days(-181))

    rest_drafts()

    assert draft.is_dormant
    assert told() == []


def test_no_draft_of_a_call_that_closes_falls_asleep():
    for call in [CallFactory(), CallFactory(ending=True)]:
        draft = ApplicationFactory(call=call, started_at=days(-300), edited_at=days(-300))

        assert (draft.is_dormant, draft.dormant_at, draft.is_editable) == (False, None, True)


def test_asleep_it_is_neither_written_nor_deposited_and_nothing_is_lost():
    draft = ApplicationFactory(dormant=True)

    with pytest.raises(Refused, match="n’a pas été enregistré"):
        draft.write(by=draft.author, entries=[Entry("q1", "Plus tard.", 1)])
    with pytest.raises(Refused, match="en sommeil"):
        draft.deposit(by=draft.author)

    assert fresh(draft).value_of("q1").startswith("Les préfets")
    whole = funnel_of(draft.call, UserFactory(staff=True)).whole
    assert whole.begun + whole.ready == 0
    assert awaiting(draft.author) == []


def test_who_began_it_wakes_it_and_goes_on():
    draft = ApplicationFactory(dormant=True)

    draft.wake(by=draft.author)

    assert (draft.is_editable, draft.is_dormant) == (True, False)
    assert verbs(draft) == ["application.woken"]
    assert draft.deposit(by=draft.author).version == 1
    with pytest.raises(Refused, match="n’est pas en sommeil"):
        draft.wake(by=draft.author)


def test_nobody_else_wakes_it_nor_once_a_closing_is_announced():
    draft = ApplicationFactory(dormant=True)
    colleague = CoApplicantFactory(application=draft, accepted=True).person

    with pytest.raises(Refused):
        draft.wake(by=colleague)
    draft.call.announce_closing(by=UserFactory(staff=True), closes_at=days(45))

    draft = fresh(draft)
    with pytest.raises(Refused):
        draft.wake(by=draft.author)
    assert draft.is_editable


def test_to_begin_again_is_to_find_the_draft_that_sleeps():
    draft = ApplicationFactory(dormant=True)

    assert Application.start(by=draft.author, call=draft.call) == draft


def test_its_people_are_told_before_and_after_once_each():
    drowsy = ApplicationFactory(dormant=True, edited_at=days(-170))
    asleep = ApplicationFactory(dormant=True)
    ApplicationFactory(dormant=True, edited_at=days(-100))

    rest_drafts()
    rest_drafts()
    expire_drafts()

    assert told() == sorted(
        [("draft_drowsy", drowsy.author.email), ("draft_dormant", asleep.author.email)]
    )
    assert verbs(asleep) == ["application.fell_dormant"]
    assert verbs(drowsy) == []


def test_one_woken_that_falls_asleep_again_is_told_again():
    draft = ApplicationFactory(dormant=True)
    rest_drafts()
    draft.wake(by=draft.author)
    rest_drafts()
    with pytest.raises(Refused):
        draft.fall_dormant()
    Application.objects.update(expired_at=days(-200), woken_at=days(-180.5))

    rest_drafts()

    assert told() == [("draft_dormant", draft.author.email)] * 2


def test_one_that_sleeps_is_told_of_the_closing_too():
    draft = ApplicationFactory(dormant=True)
    rest_drafts()
    Application.objects.update(expired_at=days(-1))
    draft.call.announce_closing(by=UserFactory(staff=True), closes_at=days(45))
    end(draft.call)

    expire_drafts()

    assert [notice for notice, _address in told()] == [
        "closing_announced",
        "draft_dormant",
        "draft_expired",
    ]


def test_the_page_says_when_it_falls_asleep_then_how_to_wake_it(client):
    draft = ApplicationFactory(call__rolling=True)
    client.force_login(draft.author)
    awake = client.get(draft.get_absolute_url())
    past = days(-200)
    Application.objects.update(started_at=past, first_edited_at=past, edited_at=past)

    pages = [
        client.get(address)
        for address in [draft.get_absolute_url(), page("writing", draft.pk)]
        + [page("deposit", draft.pk)]
    ]
    response = client.post(page("waking", draft.pk))

    assertContains(awake, "elle sera mise en sommeil le")
    for shown in pages:
        assertContains(shown, "personne n’y a touché depuis six mois")
        assertContains(shown, page("waking", draft.pk))
    assertRedirects(response, page("writing", draft.pk))
    assertNotContains(client.get(page("writing", draft.pk)), page("waking", draft.pk))


def test_a_colleague_reads_that_it_sleeps_and_cannot_wake_it(client):
    draft = ApplicationFactory(dormant=True)
    client.force_login(CoApplicantFactory(application=draft, accepted=True).person)

    assertContains(client.get(page("writing", draft.pk)), "en sommeil")
    assertNotContains(client.get(page("writing", draft.pk)), page("waking", draft.pk))
    assert client.post(page("waking", draft.pk)).status_code == 404
