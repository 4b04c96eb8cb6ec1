from collections import Counter

import pytest

from base.lifecycle import Refused
from committees.models import Assignment
from committees.staffing import Dossier, Member, Plan, staff
from journal.models import Event
from notifications.models import Message
from tests.factories import (
    AssignmentFactory,
    DeliberationFactory,
    InterestFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


def dossiers(count, *, lacks=3, members=6, out=()):
    """Dossiers from 0, each allowed to every member but those of its pairs in `out`."""
    everyone = frozenset(range(members))
    return [
        Dossier(key, lacks, everyone - {member for k, member in out if k == key})
        for key in range(count)
    ]


def test_each_dossier_has_what_it_lacks_and_loads_are_equal():
    plan = staff(dossiers(20), [Member(key) for key in range(6)])

    assert Counter(dossier for dossier, _member in plan.pairs) == dict.fromkeys(range(20), 3)
    assert set(Counter(member for _dossier, member in plan.pairs).values()) == {10}
    assert plan.impossible == {}


def test_an_interest_is_never_staffed_even_when_it_unbalances():
    plan = staff(dossiers(4, out=[(k, 0) for k in range(4)]), [Member(k) for k in range(6)])

    assert 0 not in {member for _dossier, member in plan.pairs}
    assert plan.impossible == {}


def test_earlier_loads_count():
    plan = staff(dossiers(2, lacks=1, members=2), [Member(0, load=5), Member(1)])

    assert [member for _dossier, member in plan.pairs] == [1, 1]


def test_nobody_goes_above_their_maximum_and_what_is_impossible_is_named():
    plan = staff(dossiers(3, lacks=2, members=2), [Member(0, limit=2), Member(1, load=1, limit=3)])

    assert Counter(member for _dossier, member in plan.pairs) == {0: 2, 1: 2}
    assert sum(plan.impossible.values()) == 2


def test_the_same_input_in_another_order_gives_the_same_plan():
    members = [Member(key, load=key % 3) for key in range(6)]

    assert staff(dossiers(20)[::-1], members[::-1]) == staff(dossiers(20), members)


def test_nothing_to_staff_is_an_empty_plan():
    assert staff([], [Member(1)]) == staff(dossiers(2, lacks=0), []) == Plan()


@pytest.fixture
def round():
    return RoundFactory(reviews_wanted=2)


@pytest.fixture
def chair(round):
    return SeatFactory(committee=round.committee, chair=True)


def test_a_round_is_staffed_with_a_printable_reason_for_each_pair(round, chair):
    deliberations = DeliberationFactory.create_batch(2, round=round)
    members = [SeatFactory(committee=round.committee) for _ in range(3)]
    SeatFactory(committee=round.committee, observer=True)
    InterestFactory(deliberation=deliberations[0], person=members[0].user, seat=members[0])

    plan = round.staff_automatically(by=round.created_by)

    pairs = set(Assignment.objects.values_list("deliberation", "seat"))
    assert pairs == set(plan.pairs)
    assert (deliberations[0].pk, members[0].pk) not in pairs
    assert set(Counter(seat for _deliberation, seat in pairs).values()) == {1}
    assert Assignment.objects.first().why == (
        "Attribution automatique, sans lien d’intérêt connu : dossier n° 1 de ce membre."
    )
    assert Event.objects.about(round).get().verb == "round.staffed"


def test_staffing_again_asks_only_for_what_is_missing(round, chair):
    deliberation = DeliberationFactory(round=round)
    AssignmentFactory(deliberation=deliberation, accepted=True)
    declined = AssignmentFactory(deliberation=deliberation, declined=True)

    plan = round.staff_automatically(by=round.created_by)

    assert plan.pairs == [(deliberation.pk, chair.pk)]
    assert round.staff_automatically(by=round.created_by).pairs == []
    assert declined.deliberation.assignments.count() == 3


def test_a_member_is_told_once_for_all_the_dossiers_of_a_staffing(round, chair):
    DeliberationFactory.create_batch(3, round=round)

    round.staff_automatically(by=round.created_by)

    assert chair.assignments.count() == 3
    assert [m.recipient for m in Message.objects.all()] == [chair.user]


def test_a_dossier_that_cannot_be_staffed_is_named(round, chair):
    deliberation = DeliberationFactory(round=round)

    assert round.staff_automatically(by=round.created_by).impossible == {deliberation.pk: 1}


@pytest.mark.parametrize("traits", [{"closed": True}, {}])
def test_a_round_is_staffed_before_its_hard_close_by_who_conducts_it(traits):
    round = RoundFactory(**traits)
    who = round.created_by if traits else SeatFactory(committee=round.committee).user

    with pytest.raises(Refused):
        round.staff_automatically(by=who)


def test_an_excluded_conductor_staffs_only_what_they_may_see(round):
    hidden, seen = DeliberationFactory.create_batch(2, round=round)
    SeatFactory.create_batch(2, committee=round.committee)
    team = UserFactory(staff=True)
    InterestFactory(deliberation=hidden, person=team, effect="exclusion")

    round.staff_automatically(by=team)

    assert {a.deliberation for a in Assignment.objects.all()} == {seen}
