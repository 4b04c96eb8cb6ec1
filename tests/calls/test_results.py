import pytest

from base.lifecycle import Refused
from committees.models import Sense
from journal.models import Event
from notifications.models import Message
from tests.calls.releasing import release
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    DecisionFactory,
    DeliberationFactory,
    UserFactory,
)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def call():
    return CallFactory(closed=True)


def decided(call, outcome, sense=Sense.FAVOURABLE, reason=""):
    """An application that its committee has decided, and nobody has been told."""
    application = ApplicationFactory(call=call, **{outcome: True})
    deliberation = DeliberationFactory(subject=application, concluded=True)
    code = "duplicate" if reason else ""
    DecisionFactory(
        deliberation=deliberation, outcome=outcome, sense=sense, reason_code=code, reason=reason
    )
    return application


def letters():
    return Message.objects.filter(notice="calls/application_answered")


def test_the_release_sends_as_many_letters_as_decided_dossiers(call, staff):
    selected = decided(call, "selected")
    declined = decided(call, "declined", Sense.UNFAVOURABLE, "Le besoin est déjà couvert.")
    ApplicationFactory(call=call, inadmissible=True)
    ApplicationFactory(call=call, withdrawn=True)
    ApplicationFactory(call=call)

    sent = release(call, by=staff)

    assert sent == 2
    assert {m.recipient for m in letters()} == {selected.author, declined.author}
    assert (call.results_released_by, call.results_released_at is None) == (staff, False)
    for application in (selected, declined):
        application.refresh_from_db()
        assert application.public_status == application.status
        assert application.decision().status == "notified"
    assert [e.verb for e in Event.objects.about(call)][1:] == ["call.results_released"]


def test_the_letter_says_the_same_as_the_page(call, staff, client):
    declined = decided(call, "declined", Sense.UNFAVOURABLE, "Le besoin est déjà couvert.")
    client.force_login(declined.author)

    before = client.get(declined.get_absolute_url()).content.decode()
    release(call, by=staff)
    after = client.get(declined.get_absolute_url()).content.decode()

    body = letters().get().body
    for sentence in [
        "candidature non retenue",
        "un service existant répond déjà au besoin",
        "Le besoin est déjà couvert.",
    ]:
        assert sentence in body
        assert sentence in after
        assert sentence not in before


@pytest.mark.parametrize("state", ["deposited", "admissible", "examined"])
def test_nothing_leaves_while_a_dossier_waits(call, staff, state):
    application = decided(call, "selected")
    ApplicationFactory(call=call, **{state: True})

    with pytest.raises(Refused, match="1 dossier attend une décision"):
        release(call, by=staff)

    application.refresh_from_db()
    assert application.notified_at is None
    assert not letters().exists()


def test_all_the_letters_leave_or_none(call, staff):
    decided(call, "selected")
    ApplicationFactory(call=call, selected=True)

    with pytest.raises(Refused, match="n’a pas de décision"):
        release(call, by=staff)

    assert not letters().exists()
    assert not call.applications.exclude(notified_at=None).exists()


def test_results_are_released_once(call, staff):
    decided(call, "selected")
    release(call, by=staff)

    with pytest.raises(Refused, match="aucun résultat à publier"):
        release(call, by=staff)

    assert letters().count() == 1


def test_nothing_is_released_before_the_closing_nor_by_anyone_else(staff):
    application = decided(CallFactory(), "selected")

    with pytest.raises(Refused):
        release(application.call, by=staff)
    with pytest.raises(Refused):
        release(decided(CallFactory(closed=True), "selected").call, by=UserFactory())
