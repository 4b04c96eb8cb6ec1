"""Who reads what others wrote: each policy of a round × who reads × when."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from base.lifecycle import Refused
from committees.models import Deliberation, Reading, Review, Round
from journal.models import Event
from tests.committees.test_permissions import assigned, interested, reviewing, seated
from tests.factories import (
    AssignmentFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


NEVER, AFTER, UNLESS, ALWAYS = Reading


def assigned_secretary(deliberation):
    seat = SeatFactory(committee=deliberation.committee, secretary=True, declared=deliberation)
    return assigned(deliberation, seat=seat)


PEOPLE = {
    "staff": lambda d: UserFactory(staff=True),
    "chair": lambda d: seated(d, chair=True),
    "secretary to review": assigned_secretary,
    "member": seated,
    "observer": lambda d: seated(d, observer=True),
    "asked": lambda d: AssignmentFactory(deliberation=d).seat.user,
    "writing": lambda d: reviewing(d),
    "handed in": lambda d: reviewing(d, handed_in=True),
    "declined": lambda d: AssignmentFactory(deliberation=d, declined=True).seat.user,
    "abstaining": interested,
    "excluded": lambda d: interested(d, "exclusion"),
    "undeclared": lambda d: seated(d, declared=False),
    "applicant": lambda d: d.subject.author,
}
CONDUCT = {"staff", "chair"}
IDLE = {"member", "observer", "declined", "abstaining"}
WAITING = {"asked", "writing", "secretary to review"}
EVERYONE = CONDUCT | IDLE | WAITING | {"handed in"}
OPEN = {
    NEVER: CONDUCT,
    AFTER: CONDUCT | {"handed in"},
    UNLESS: CONDUCT | IDLE | {"handed in"},
    ALWAYS: EVERYONE,
}
CLOSED = {
    NEVER: CONDUCT | {"secretary to review"},
    AFTER: EVERYONE,
    UNLESS: EVERYONE,
    ALWAYS: EVERYONE,
}
PLANNED = {
    NEVER: CONDUCT,
    AFTER: CONDUCT,
    UNLESS: CONDUCT,
    ALWAYS: CONDUCT | {"secretary to review"},
}
PHASES = {
    "planned": ({"planned": True}, PLANNED),
    "open": ({}, OPEN),
    "soft-closed": ({"soft_closed": True}, OPEN),
    "closed": ({"closed": True}, CLOSED),
}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("reading", Reading)
def test_who_reads_the_reviews_of_others(reading, phase):
    bounds, readers = PHASES[phase]
    deliberation = DeliberationFactory(round=RoundFactory(reading=reading, **bounds))
    people = {who: person(deliberation) for who, person in PEOPLE.items()}
    review = ReviewFactory(assignment__deliberation=deliberation, handed_in=True)

    scores = {
        who
        for who, user in people.items()
        if Deliberation.objects.scores_visible_to(user).contains(deliberation)
    }
    reviews = {
        who for who, user in people.items() if Review.objects.visible_to(user).contains(review)
    }

    assert (scores, reviews) == (readers[reading], readers[reading])


@pytest.mark.parametrize("named", [True, False])
def test_who_knows_who_wrote_a_review(named):
    deliberation = DeliberationFactory(round=RoundFactory(authors_named=named))
    review = ReviewFactory(assignment__deliberation=deliberation, handed_in=True)
    readers = {
        "its author": review.assignment.seat.user,
        "a fellow": reviewing(deliberation, handed_in=True),
        "the chair": seated(deliberation, chair=True),
        "the secretary": seated(deliberation, secretary=True),
        "the team": UserFactory(staff=True),
    }

    knowing = {
        who
        for who, user in readers.items()
        if Review.objects.visible_to(user).get(pk=review.pk).author_named
    }

    assert knowing == set(readers) - (set() if named else {"a fellow"})


@pytest.mark.parametrize("change", [{"reading": "always"}, {"authors_named": False}])
def test_the_policy_is_frozen_by_the_opening(change):
    planned = DeliberationFactory(round=RoundFactory(planned=True)).round
    Round.objects.filter(pk=planned.pk).update(**change)
    opened = RoundFactory()

    with pytest.raises(IntegrityError, match="round_keeps_its_policy"), transaction.atomic():
        Round.objects.filter(pk=opened.pk).update(**change)

    opened.refresh_from_db()
    assert (opened.reading, opened.authors_named) == ("after_mine", True)


def test_a_gap_of_no_points_is_no_divergence():
    with pytest.raises(IntegrityError, match="round_divergence_is_a_gap"):
        RoundFactory(divergence_points=0)


POLICY = {"reading": "always", "authors_named": False, "divergence_points": 20}


@pytest.mark.parametrize("capacity", ["chair", "secretary"])
def test_those_who_conduct_choose_who_reads_what(capacity):
    round = DeliberationFactory(round=RoundFactory(planned=True)).round
    by = SeatFactory(committee=round.committee, capacity=capacity).user

    round.set_reading(by=by, **POLICY)

    round.refresh_from_db()
    assert {name: getattr(round, name) for name in POLICY} == POLICY
    assert Event.objects.about(round).get().verb == "round.reading_set"


def test_a_member_does_not_choose_it():
    round = RoundFactory(planned=True)

    with pytest.raises(Refused):
        round.set_reading(by=SeatFactory(committee=round.committee).user, **POLICY)


def test_once_open_only_the_divergence_moves():
    """Whatever dossiers have joined: that would tell of them who may not see them."""
    round = RoundFactory()
    team = UserFactory(staff=True)

    with pytest.raises(Refused, match="ne change plus"):
        round.set_reading(by=team, **POLICY)
    kept = {"reading": "after_mine", "authors_named": True}
    round.set_reading(by=team, **kept, divergence_points=12)

    round.refresh_from_db()
    assert (round.reading, round.divergence_points) == ("after_mine", 12)


@pytest.mark.parametrize("bounds", [{}, {"planned": True}])
def test_a_dossier_changes_nothing_of_the_page_for_a_chair_kept_away_from_it(client, bounds):
    round = RoundFactory(**bounds)
    chair = SeatFactory(committee=round.committee, chair=True)
    client.force_login(chair.user)
    address = reverse("committees:round-reading", args=[round.pk])
    pages = [client.get(address).content]
    InterestFactory(deliberation__round=round, seat=chair, effect="exclusion")

    pages.append(client.get(address).content)

    one, other = (re.sub(rb"csrfmiddlewaretoken\W+value=.\w+", b"", page) for page in pages)
    assert one == other


def test_it_is_not_chosen_once_the_round_is_closed():
    with pytest.raises(Refused, match="clos"):
        RoundFactory(closed=True).set_reading(by=UserFactory(staff=True), **POLICY)
