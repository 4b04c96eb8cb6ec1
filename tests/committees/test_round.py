from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.lifecycle import Refused
from committees.models import Round
from journal.models import Event
from tests.factories import (
    CommitteeFactory,
    GridFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


def bounds(**days):
    now = timezone.now()
    days = {"opens_at": 1, "soft_closes_at": 10, "closes_at": 12} | days
    return {name: now + timedelta(days=count) for name, count in days.items()}


@pytest.fixture
def chair():
    return SeatFactory(chair=True)


def test_the_chair_plans_a_round_on_a_published_grid(chair):
    round = Round.open_for(
        chair.committee, by=chair.user, grid=GridFactory(), name="Tour 1", **bounds()
    )

    assert round.state == Round.State.PLANNED
    assert [e.verb for e in Event.objects.about(round)] == ["round.planned"]


def test_a_round_is_not_planned_on_a_draft_of_a_grid(chair):
    with pytest.raises(Refused, match="Publiez la grille"):
        Round.open_for(
            chair.committee,
            by=chair.user,
            grid=GridFactory(published=False),
            name="Tour 1",
            **bounds(),
        )


def test_a_member_does_not_plan_rounds():
    seat = SeatFactory()

    with pytest.raises(Refused):
        Round.open_for(seat.committee, by=seat.user, grid=GridFactory(), name="T", **bounds())


@pytest.mark.parametrize(
    ("traits", "state", "lists"),
    [
        ({"planned": True}, "planned", {"planned", "running"}),
        ({}, "open", {"open", "running", "awaiting_reviews"}),
        ({"soft_closed": True}, "soft_closed", {"open", "running"}),
        ({"closed": True}, "closed", {"closed"}),
    ],
)
def test_a_round_is_where_the_clock_puts_it(traits, state, lists):
    round = RoundFactory(**traits)
    names = ["planned", "open", "running", "awaiting_reviews", "closed"]

    assert round.state == state
    assert {n for n in names if getattr(Round.objects, n)().contains(round)} == lists


def test_an_open_round_is_prolonged(chair):
    round = RoundFactory(committee=chair.committee)
    later = round.closes_at + timedelta(days=3)

    round.reschedule(by=chair.user, opens_at=round.opens_at, soft_closes_at=later, closes_at=later)

    assert Round.objects.get().closes_at == later
    assert [e.verb for e in Event.objects.about(round)] == ["round.rescheduled"]


@pytest.mark.parametrize("change", [{"closes_at": 11}, {"soft_closes_at": 9}, {"opens_at": -2}])
def test_an_open_round_is_not_shortened_nor_moved(change, chair):
    round = RoundFactory(committee=chair.committee)
    now = timezone.now()
    dates = {
        "opens_at": round.opens_at,
        "soft_closes_at": round.soft_closes_at,
        "closes_at": round.closes_at,
    } | {name: now + timedelta(days=days) for name, days in change.items()}

    with pytest.raises(Refused):
        round.reschedule(by=chair.user, **dates)


def test_a_planned_round_moves_freely(chair):
    round = RoundFactory(committee=chair.committee, planned=True)
    sooner = bounds(soft_closes_at=3, closes_at=4)

    round.reschedule(by=chair.user, **sooner)

    assert Round.objects.get().closes_at == sooner["closes_at"]


def test_a_closed_round_is_never_opened_again(chair):
    round = RoundFactory(committee=chair.committee, closed=True)

    with pytest.raises(Refused):
        round.reschedule(by=chair.user, **bounds())


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"soft_closes_at": timezone.now() - timedelta(days=9)}, "round_bounds_are_in_order"),
        ({"closes_at": timezone.now()}, "round_bounds_are_in_order"),
        ({"reviews_wanted": 0}, "round_wants_a_few_reviews"),
        ({"max_load": 0}, "round_load_is_sensible"),
    ],
)
def test_the_database_refuses_a_round(fields, rule):
    with pytest.raises(IntegrityError, match=rule):
        RoundFactory(**fields)


def test_a_round_has_one_name_in_its_committee():
    round = RoundFactory()

    RoundFactory(name=round.name)
    with pytest.raises(IntegrityError, match="round_named_once_per_committee"):
        RoundFactory(name=round.name, committee=round.committee)


PEOPLE = {
    "staff": lambda c: UserFactory(staff=True),
    "chair": lambda c: SeatFactory(committee=c, chair=True).user,
    "secretary": lambda c: SeatFactory(committee=c, secretary=True).user,
    "member": lambda c: SeatFactory(committee=c).user,
    "past member": lambda c: SeatFactory(committee=c, past=True).user,
    "stranger": lambda c: UserFactory(),
}
CONDUCTS = {"visible_to", "conducted_by", "staffable_by"}
RIGHTS = {
    "staff": CONDUCTS | {"receptive_to"},
    "chair": CONDUCTS,
    "secretary": CONDUCTS,
    "member": {"visible_to"},
}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("who", PEOPLE)
def test_rights_on_a_round(who, closed):
    committee = CommitteeFactory()
    round = RoundFactory(committee=committee, closed=closed)
    user = PEOPLE[who](committee)
    rights = ["visible_to", "conducted_by", "staffable_by", "receptive_to"]

    granted = {r for r in rights if getattr(Round.objects, r)(user).contains(round)}

    over = {"staffable_by", "receptive_to"} if closed else set()
    assert granted == RIGHTS.get(who, set()) - over
