"""The rules of reserve lists and portfolios, each broken once on purpose; see `breaks`."""

from calls.models import ReservePlace, Shortlist
from tests.calls.reserves import in_reserve, released, selected
from tests.calls.test_scenario import keep, marked
from tests.factories import CallFactory, RoundFactory, SeatFactory, UserFactory
from tests.invariants.breaks import breaks
from tests.spoiling import spoil


def told_reserve(count=1):
    """The places of a call whose people are told, in order."""
    call = CallFactory(closed=True)
    gone = selected(call)
    for _ in range(count):
        in_reserve(call)
    released(call)
    gone.withdraw(by=gone.author)
    return list(ReservePlace.objects.filter(reserve__call=call).order_by("rank"))


@breaks("calls")
def ranks_have_neither_gap_nor_tie():
    place = told_reserve()[0]
    yield
    spoil("UPDATE calls_reserveplace SET rank = 3 WHERE id = %s", place.pk)
    yield [place.reserve_id]


@breaks("calls")
def who_is_told_of_the_reserve_has_a_rank():
    place = told_reserve()[0]
    yield
    spoil("UPDATE calls_reserveplace SET frozen_at = NULL WHERE id = %s", place.pk)
    yield [place.application_id]


@breaks("calls")
def a_place_comes_from_who_gave_it_up():
    place = told_reserve()[0]
    place.reserve.promote(by=UserFactory(staff=True))
    yield
    freed = ReservePlace.objects.get(pk=place.pk).freed_by_id
    spoil("UPDATE calls_application SET withdrawn_from = 'reserve' WHERE id = %s", freed)
    yield [place.pk]


@breaks("calls")
def the_first_of_the_reserve_goes_first():
    first, second = told_reserve(2)
    first.reserve.promote(by=UserFactory(staff=True))
    yield
    spoil("UPDATE calls_reserveplace SET rank = 3 - rank WHERE reserve_id = %s", first.reserve_id)
    yield [first.pk]
    assert second.pk


def scenario():
    """The choice of the only dossier of a call."""
    call = CallFactory(closed=True)
    round = RoundFactory(committee=call.committee, closed=True)
    marked(call, round, SeatFactory(committee=call.committee), 50)
    return keep(call, UserFactory(staff=True))


@breaks("calls")
def a_scenario_is_found_again():
    kept = scenario()
    yield
    spoil("UPDATE calls_scenario SET kept = '{}' WHERE id = %s", kept.pk)
    yield [kept.pk]


@breaks("calls")
def a_list_is_of_the_dossiers_of_its_call():
    kept = scenario()
    shortlist = Shortlist.settle(kept, by=kept.made_by, kept=set(kept.kept), reasons={})
    yield
    other = CallFactory()
    spoil("UPDATE calls_scenario SET call_id = %s WHERE id = %s", other.pk, kept.pk)
    yield [shortlist.pk]
