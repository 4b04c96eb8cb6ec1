import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from base.lifecycle import Refused
from calls.batches import batches_of
from calls.duties import releases
from calls.invariants.outcomes import (
    everyone_is_told_at_the_release,
    nobody_is_told_before_the_release,
)
from committees.models import Sense
from journal.models import Event
from notifications.models import Message
from tests.calls.addresses import page
from tests.calls.releasing import release
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    DecisionFactory,
    DeliberationFactory,
    RoundFactory,
    UserFactory,
)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def call():
    return CallFactory(rolling=True)


def round_of(call):
    return RoundFactory(committee=call.committee)


def decided(call, round, outcome="selected"):
    """An application that a round has decided, and nobody has been told."""
    application = ApplicationFactory(call=call, **{outcome: True})
    deliberation = DeliberationFactory(subject=application, round=round, concluded=True)
    DecisionFactory(deliberation=deliberation, outcome=outcome, sense=Sense.FAVOURABLE)
    return application


def examined(call, round, **traits):
    application = ApplicationFactory(call=call, examined=True)
    DeliberationFactory(subject=application, round=round, **traits)
    return application


def told():
    return [m.recipient for m in Message.objects.filter(notice="calls/application_answered")]


def test_a_round_is_told_while_another_waits_and_each_application_once(call, staff):
    first, second = round_of(call), round_of(call)
    early, waiting = decided(call, first), examined(call, second)
    ApplicationFactory(call=call, deposited=True)
    ApplicationFactory(call=call)

    sent = release(call, by=staff, round=first)

    assert (sent, told()) == (1, [early.author])
    assert [e.verb for e in Event.objects.about(call)][1:] == ["call.batch_released"]
    early.refresh_from_db()
    waiting.refresh_from_db()
    assert (early.public_status, waiting.notified_at) == ("selected", None)
    with pytest.raises(Refused, match="aucun résultat à communiquer"):
        release(call, by=staff, round=first)
    assert told() == [early.author]


def test_the_next_round_is_told_in_its_turn(call, staff):
    first, second = round_of(call), round_of(call)
    early, late = decided(call, first), decided(call, second)

    release(call, by=staff, round=first)
    released_at = call.results_released_at
    release(call, by=staff, round=second)

    assert told() == [early.author, late.author]
    assert call.results_released_at == released_at
    assert list(nobody_is_told_before_the_release()) == []
    assert list(everyone_is_told_at_the_release()) == []


@pytest.mark.parametrize("state", [{}, {"open": True}])
def test_nothing_leaves_while_a_dossier_of_the_round_waits(call, staff, state):
    round = round_of(call)
    decided(call, round)
    examined(call, round, **state)

    with pytest.raises(Refused, match="1 dossier de ce tour attend une décision"):
        release(call, by=staff, round=round)

    assert told() == []


def test_an_adjourned_dossier_keeps_nobody_waiting(call, staff):
    round = round_of(call)
    ready = decided(call, round)
    examined(call, round, adjourned=True)

    release(call, by=staff, round=round)

    assert told() == [ready.author]


def test_the_dossiers_of_another_call_in_the_same_round_are_not_told(call, staff):
    round = round_of(call)
    mine = decided(call, round)
    other = CallFactory(rolling=True, committee=call.committee)
    decided(other, round)
    examined(other, round)

    release(call, by=staff, round=round)

    assert told() == [mine.author]


def test_only_a_rolling_call_answers_by_rounds_and_only_for_the_team(call, staff):
    round = round_of(call)
    decided(call, round)
    dated = CallFactory(closed=True, committee=call.committee)
    decided(dated, round)

    for other, by in [(dated, staff), (call, UserFactory())]:
        with pytest.raises(Refused, match="tour par tour"):
            release(other, by=by, round=round)
    with pytest.raises(Refused, match="aucun résultat à publier"):
        release(call, by=staff)

    assert told() == []


def test_a_closed_rolling_call_answers_by_rounds_too(staff):
    call = CallFactory(ended=True)
    round = round_of(call)
    decided(call, round)

    assert release(call, by=staff, round=round) == 1
    call.archive(by=staff)


def test_a_withdrawal_is_undone_until_others_of_the_call_are_told(call, staff):
    round = round_of(call)
    decided(call, round)
    before = examined(call, round)
    unread = ApplicationFactory(call=call, deposited=True)
    for application in [before, unread]:
        application.withdraw(by=application.author)
    release(call, by=staff, round=round)

    with pytest.raises(Refused, match="On ne revient plus"):
        before.revive(by=before.author)
    unread.revive(by=unread.author)

    assert unread.status == "deposited"


def test_a_withdrawal_after_a_former_round_is_undone(call, staff):
    former, current = round_of(call), round_of(call)
    decided(call, former)
    release(call, by=staff, round=former)
    application = examined(call, current)
    application.withdraw(by=application.author)

    application.revive(by=application.author)

    assert application.status == "examined"


def test_the_team_is_awaited_where_a_round_is_finished(call, staff):
    round = round_of(call)
    decided(call, round)
    waiting = examined(call, round)
    before = releases(staff)
    waiting.withdraw(by=waiting.author)

    assert before == []
    assert [duty.url for duty in releases(staff)] == [page("results", call.slug)]
    assert releases(UserFactory()) == []


def test_batches_count_each_step(call, staff):
    first, second = round_of(call), round_of(call)
    decided(call, first)
    release(call, by=staff, round=first)
    decided(call, second)
    examined(call, second)
    examined(call, second, adjourned=True)

    assert [tuple(batch) for batch in batches_of(call, staff)] == [
        (second, 1, 1, 1, 0),
        (first, 0, 0, 0, 1),
    ]


def test_the_team_releases_a_round_in_pages_and_people_read_it_then(client, call, staff):
    round = round_of(call)
    application = decided(call, round)
    waiting = examined(call, round_of(call))
    client.force_login(application.author)
    before = client.get(application.get_absolute_url())

    client.force_login(staff)
    assertContains(client.get(page("team-call", call.slug)), page("results", call.slug))
    assertContains(client.get(page("results", call.slug)), page("batch", call.slug, round.pk))
    shown = client.get(page("batch", call.slug, round.pk))
    assertContains(shown, "Préparer l’envoi de 1 lettre")
    prepared = client.post(page("batch", call.slug, round.pk))
    client.force_login(UserFactory(staff=True))
    response = client.post(prepared.url)

    assertRedirects(response, prepared.url)
    client.force_login(application.author)
    after = client.get(application.get_absolute_url())
    client.force_login(waiting.author)
    pending = client.get(waiting.get_absolute_url())
    for response in [before, pending]:
        assertContains(response, "celles de son tour d’examen")
        assertNotContains(response, "le même jour")
        assertNotContains(response, "candidature retenue")
    assertContains(after, "candidature retenue")


def test_a_round_under_way_says_what_it_waits_for(client, call, staff):
    round = round_of(call)
    decided(call, round)
    examined(call, round)
    client.force_login(staff)

    shown = client.get(page("batch", call.slug, round.pk))
    refused = client.post(page("batch", call.slug, round.pk))

    assertContains(shown, "1 dossier de ce tour attend encore une décision")
    assertNotContains(shown, "Préparer l’envoi")
    assertContains(refused, "aucun résultat n’est parti", status_code=409)


def test_the_round_of_another_committee_has_no_page(client, call, staff):
    client.force_login(staff)

    assert client.get(page("batch", call.slug, RoundFactory().pk)).status_code == 404
