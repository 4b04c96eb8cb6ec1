import pytest
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls.duties import confirmations, releases
from calls.models import Application, Release
from committees.models import Decision, Feedback, Sense
from journal.models import Event
from notifications.models import Message
from tests.calls.addresses import page
from tests.calls.test_results import decided, letters
from tests.factories import (
    CallFactory,
    DecisionFactory,
    InterestFactory,
    UserFactory,
)
from tests.races import again


def test_what_one_prepares_another_sends(call, first, second):
    decided(call, "selected")
    decided(call, "declined", Sense.UNFAVOURABLE, "Le besoin est déjà couvert.")

    release = Release.prepare(call, by=first)

    assert (release.status, release.count, letters().count()) == ("prepared", 2, 0)
    assert release.confirm(by=second) == 2
    assert (release.status, release.sent_by, letters().count()) == ("sent", second, 2)
    assert release.letters.count() == 2
    assert [e.verb for e in Event.objects.about(call)] == [
        "release.prepared",
        "call.results_released",
    ]


def test_nobody_confirms_what_they_prepared(call, first):
    decided(call, "selected")
    release = Release.prepare(call, by=first)

    with pytest.raises(Refused, match="à une autre personne"):
        release.confirm(by=first)
    assert not letters().exists()


def test_the_database_wants_two_people(call, first):
    decided(call, "selected")
    release = Release.prepare(call, by=first)

    with pytest.raises(IntegrityError, match="release_has_two_people"):
        Release.objects.filter(pk=release.pk).update(
            status="sent", sent_by=first, sent_at=release.prepared_at
        )


def test_one_release_is_prepared_at_a_time(call, first, second):
    decided(call, "selected")
    release = Release.prepare(call, by=first)

    with pytest.raises(Refused, match="déjà préparé"):
        Release.prepare(call, by=second)
    with pytest.raises(IntegrityError, match="release_prepared_once_at_a_time"):
        Release.objects.create(call=call, count=1, digest=release.digest, prepared_by=second)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("release_tells_somebody", {"count": 0}),
        ("release_sent_at_and_by_once_sent", {"count": 1, "status": "sent"}),
        ("release_cancelled_says_why", {"count": 1, "status": "cancelled"}),
        ("release_reminds_of_what_left", {"count": 1, "reminded_by": True}),
    ],
)
def test_the_database_wants_a_whole_release(call, first, name, fields):
    reminder = {"reminded_by": first} if fields.pop("reminded_by", None) else {}

    with pytest.raises(IntegrityError, match=name):
        Release.objects.create(call=call, prepared_by=first, digest="0", **fields, **reminder)


def replaced(application):
    decision = application.decision()
    DecisionFactory(
        deliberation=decision.deliberation,
        supersedes=decision,
        outcome=decision.outcome,
        reason="Une erreur de plume.",
    )


def answered(application):
    Feedback.objects.create(
        deliberation=application.deliberation(), text="Continuez.", edited_by=UserFactory()
    )


def joined(application):
    decided(application.call, "selected")


@pytest.mark.parametrize("change", [replaced, answered, joined])
def test_nothing_leaves_that_changed_since_it_was_prepared(call, first, second, change):
    application = decided(call, "selected")
    release = Release.prepare(call, by=first)
    change(application)

    with pytest.raises(Refused, match="a changé depuis la préparation"), transaction.atomic():
        release.confirm(by=second)
    assert not letters().exists()
    assert again(release).status == "prepared"


def test_a_cancelled_release_says_why_to_who_prepared_it(call, first, second):
    decided(call, "selected")
    release = Release.prepare(call, by=first)

    release.cancel(by=second, reason="Un motif est à revoir.")

    assert (release.status, release.cancel_reason) == ("cancelled", "Un motif est à revoir.")
    message = Message.objects.get(notice="calls/release_returned")
    assert (message.recipient, "Un motif est à revoir." in message.body) == (first, True)
    with pytest.raises(Refused, match="n’attend plus de confirmation"):
        release.confirm(by=second)
    with pytest.raises(Refused, match="plus à annuler"):
        release.cancel(by=second, reason="Encore.")
    assert Release.prepare(call, by=second).confirm(by=first) == 1


def test_a_refusal_without_reason_nor_feedback_keeps_everything_back(call, first):
    application = decided(call, "declined")

    with pytest.raises(Refused, match="n’a ni motif écrit ni retour") as refusal:
        Release.prepare(call, by=first)
    assert str(application) in str(refusal.value)

    answered(application)
    assert Release.prepare(call, by=first)


def kept_from(application, person):
    deliberation = application.deliberation()
    InterestFactory(deliberation=deliberation, person=person, seat=None, effect="exclusion")


@pytest.mark.parametrize("state", ["prepared", "sent", "reminded", "cancelled"])
def test_a_letter_kept_from_somebody_of_the_team_is_not_counted_nor_read(
    call, first, second, client, state
):
    shown, hidden = decided(call, "selected"), decided(call, "selected")
    kept_from(hidden, second)
    release = Release.prepare(call, by=first)
    if state == "cancelled":
        release.cancel(by=first, reason="Je recommence.")
    elif state != "prepared":
        release.confirm(by=UserFactory(staff=True))
    if state == "reminded":
        release.remind(by=first)
    client.force_login(second)

    own = client.get(release.get_absolute_url())
    every = client.get(page("results", call.slug))

    rows = own.context["page"].object_list
    assert (own.context["release"].told, own.context["unread"]) == (
        1,
        1 if state in {"sent", "reminded"} else 0,
    )
    assert [getattr(row, "application", row) for row in rows] == [shown]
    assertContains(every, "1 lettre préparée le")
    for response in [own, every]:
        assertNotContains(response, "2 lettres")
        assertNotContains(response, f"candidatures/{hidden.pk}/")


def test_a_release_of_nothing_but_what_is_kept_from_somebody_is_not_there(
    call, first, second, client
):
    application = decided(call, "selected")
    release = Release.prepare(call, by=first)
    kept_from(application, second)
    client.force_login(second)

    assert client.get(release.get_absolute_url()).status_code == 404
    assert client.get(page("letter-preview", application.pk)).status_code == 404
    assert confirmations(second) == []


def test_nobody_acts_on_letters_of_which_one_is_kept_from_them(call, first, second):
    kept_from(decided(call, "selected"), second)
    decided(call, "selected")
    with pytest.raises(Refused, match="par vous"):
        Release.prepare(call, by=second)
    release = Release.prepare(call, by=first)

    with pytest.raises(Refused, match="par vous"):
        release.confirm(by=second)
    with pytest.raises(Refused, match="ressort"):
        release.cancel(by=second, reason="Non.")
    release.confirm(by=UserFactory(staff=True))
    with pytest.raises(Refused, match="ressort"):
        release.remind(by=second)


def test_the_others_of_the_team_are_told_that_a_release_awaits_them(call, first, second):
    decided(call, "selected")
    before = releases(second)
    release = Release.prepare(call, by=first)

    assert [duty.url for duty in before] == [page("results", call.slug)]
    assert (releases(first), confirmations(first)) == ([], [])
    assert [duty.url for duty in confirmations(second)] == [release.get_absolute_url()]
    assert confirmations(UserFactory()) == []


def test_the_pages_lead_from_the_preparation_to_the_sending(call, first, second, client):
    application = decided(call, "selected")
    client.force_login(first)
    preview = client.get(page("letter-preview", application.pk))
    prepared = client.post(page("results", call.slug), follow=True)
    own = client.post(Release.objects.get().get_absolute_url())
    client.force_login(second)
    release = Release.objects.get()
    shown = client.get(release.get_absolute_url())
    sent = client.post(release.get_absolute_url(), follow=True)

    assertContains(preview, "candidature retenue")
    assertContains(prepared, "Vous avez préparé cet envoi")
    assertNotContains(prepared, "Confirmer et envoyer")
    assertContains(own, "à une autre personne", status_code=409)
    assertContains(shown, "Confirmer et envoyer 1 lettre")
    assertContains(shown, release.digest)
    assertContains(sent, "1 lettre est partie.")
    assertContains(sent, "pas encore")


def test_a_release_is_cancelled_on_a_page_with_its_reason(call, first, second, client):
    decided(call, "selected")
    release = Release.prepare(call, by=first)
    client.force_login(second)

    blank = client.post(page("release-cancelling", release.pk), {"reason": " "})
    done = client.post(page("release-cancelling", release.pk), {"reason": "À revoir."}, follow=True)

    assert blank.status_code == 422
    assertContains(done, "À revoir.")


def test_a_decision_told_by_a_verb_above_has_its_letter_without_a_release(first):
    application = decided(CallFactory(closed=True), "selected")

    letter = application.tell(by=first)

    assert (letter.release, letter.decision) == (None, application.decision())
    assert Application.objects.untold().count() == 0
    assert Decision.objects.get().status == "notified"
