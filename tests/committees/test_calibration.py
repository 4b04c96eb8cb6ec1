"""Dossiers that every member reviews, so that all use the grid alike."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.calendar import today
from base.lifecycle import Refused
from committees.models import AgendaItem, Assignment, Calibration, Deliberation
from committees.ranking import ranking_of
from committees.tasks import calibrate_newcomers
from journal.models import Event
from notifications.models import Message
from tests.committees.test_permissions import interested, reviewing, seated
from tests.factories import (
    AgendaItemFactory,
    CalibrationFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)


@pytest.fixture
def team():
    return UserFactory(staff=True)


def test_every_member_without_interest_is_asked(team):
    deliberation = DeliberationFactory(round__max_load=1)
    asked = [SeatFactory(committee=deliberation.committee) for _ in range(2)]
    asked.append(SeatFactory(committee=deliberation.committee, chair=True))
    SeatFactory(committee=deliberation.committee, secretary=True)
    SeatFactory(committee=deliberation.committee, observer=True)
    InterestFactory(deliberation=deliberation)

    Calibration.mark(by=team, deliberation=deliberation)

    assert {assignment.seat for assignment in deliberation.assignments.all()} == set(asked)
    assert Event.objects.about(deliberation).last().verb == "calibration.marked"


def test_who_was_asked_already_is_not_asked_again(team):
    review = ReviewFactory(handed_in=True)

    Calibration.mark(by=team, deliberation=review.deliberation)

    assert Assignment.objects.get() == review.assignment


def test_who_is_seated_or_freed_later_is_asked_once(team):
    deliberation = DeliberationFactory()
    suspected = InterestFactory(deliberation=deliberation, suspected=True)
    calibration = Calibration.mark(by=team, deliberation=deliberation)
    newcomer = SeatFactory(committee=deliberation.committee, starts_on=today())
    SeatFactory(committee=deliberation.committee, starts_on=today() + timedelta(days=1))
    SeatFactory(committee=deliberation.committee, observer=True)
    before = set(deliberation.assignments.values_list("seat__user", flat=True))

    calibrate_newcomers()
    assert before | {newcomer.user_id} == asked(deliberation)
    suspected.dismiss(by=team, reason="Un homonyme.")
    for _ in range(2):
        calibrate_newcomers()

    assert asked(deliberation) == before | {newcomer.user_id, suspected.person_id}
    told = Message.objects.filter(recipient=newcomer.user)
    assert told.count() == 1
    assert deliberation.assignments.get(seat=newcomer).proposed_by == calibration.marked_by


def asked(deliberation):
    return set(deliberation.assignments.values_list("seat__user", flat=True))


@pytest.mark.parametrize(
    "traits",
    [{"deliberation__round__closed": True}, {"deliberation__concluded": True}],
    ids=["closed", "decided"],
)
def test_nobody_is_asked_once_it_is_over(traits):
    calibration = CalibrationFactory(**traits)
    SeatFactory(committee=calibration.deliberation.committee)

    calibrate_newcomers()

    assert asked(calibration.deliberation) == set()
    with pytest.raises(Refused, match="ne sert plus"):
        calibration.ask_newcomers()


def test_a_newcomer_closes_the_comparison_to_themself_alone():
    calibration = CalibrationFactory(marked_at=timezone.now() - timedelta(days=2))
    member = reviewing(calibration.deliberation, handed_in=True)
    newcomer = SeatFactory(
        committee=calibration.deliberation.committee,
        starts_on=today(),
        declared=calibration.deliberation,
    )

    calibrate_newcomers()

    assert Calibration.objects.comparable_by(member).contains(calibration)
    assert not Calibration.objects.comparable_by(newcomer.user).contains(calibration)


@pytest.mark.parametrize(
    "deliberation",
    [
        lambda: CalibrationFactory().deliberation,
        lambda: AgendaItemFactory(deliberation=DeliberationFactory()).deliberation,
        lambda: DeliberationFactory(concluded=True),
    ],
    ids=["calibrating already", "on an agenda", "decided"],
)
def test_what_is_to_be_decided_does_not_serve(deliberation, team):
    with pytest.raises(Refused, match="ne peut pas servir"):
        Calibration.mark(by=team, deliberation=deliberation())


def test_nothing_is_set_apart_once_the_round_is_closed_nor_by_a_member(team):
    closed = DeliberationFactory(round=RoundFactory(closed=True))
    with pytest.raises(Refused, match="clos"):
        Calibration.mark(by=team, deliberation=closed)

    deliberation = DeliberationFactory()
    with pytest.raises(Refused):
        Calibration.mark(by=seated(deliberation), deliberation=deliberation)


def test_it_goes_on_no_agenda(team):
    calibration = CalibrationFactory()
    sitting = SittingFactory(committee=calibration.deliberation.committee)

    with pytest.raises(Refused, match="ordre du jour"):
        AgendaItem.add(by=team, sitting=sitting, deliberation=calibration.deliberation)


def test_it_has_no_rank_and_says_how_severe_each_member_is():
    deliberation = DeliberationFactory()
    apart = CalibrationFactory(deliberation__round=deliberation.round).deliberation
    for score, other in [(80, 60), (50, 30)]:
        review = ReviewFactory(assignment__deliberation=deliberation, handed_in=True, score=score)
        ReviewFactory(
            assignment__deliberation=apart,
            assignment__seat=review.assignment.seat,
            handed_in=True,
            score=other,
        )
    deliberation.weigh()
    apart.weigh()

    ranking = ranking_of(Deliberation.objects.filter(round=deliberation.round))

    assert list(ranking.places) == [deliberation.pk]
    assert len(ranking.leanings) == 2


def test_given_back_it_counts_like_any_other(team):
    calibration = CalibrationFactory()
    deliberation = calibration.deliberation

    calibration.give_back(by=team)

    assert list(Deliberation.objects.ranked()) == [deliberation]
    assert Event.objects.about(deliberation).last().verb == "calibration.given_back"


@pytest.mark.parametrize("verb", ["reveal", "give_back"])
def test_a_member_conducts_no_calibration(verb):
    calibration = CalibrationFactory()

    with pytest.raises(Refused):
        getattr(calibration, verb)(by=seated(calibration.deliberation))


def test_a_conductor_opens_the_comparison_from_two_reviews_on(team):
    calibration = CalibrationFactory()
    reviewing(calibration.deliberation, handed_in=True)
    with pytest.raises(Refused, match="au moins deux"):
        calibration.reveal(by=team)
    reviewing(calibration.deliberation, handed_in=True)

    calibration.reveal(by=team)

    assert (calibration.revealed_by, calibration.revealed_at is None) == (team, False)
    with pytest.raises(Refused, match="déjà ouverte"):
        calibration.reveal(by=team)


def test_an_opening_has_its_person_and_its_instant():
    with pytest.raises(IntegrityError, match="calibration_revealed_at_and_by"):
        CalibrationFactory(revealed_by=UserFactory())


COMPARING = {
    "who handed in": lambda d: reviewing(d, handed_in=True),
    "who writes": lambda d: reviewing(d),
    "the chair": lambda d: seated(d, chair=True),
    "excluded": lambda d: interested(d, "exclusion"),
    "applicant": lambda d: d.subject.author,
}


@pytest.mark.parametrize(
    ("traits", "readers"),
    [
        ({}, set()),
        ({"revealed": True}, {"who handed in", "the chair"}),
        ({"deliberation__round__closed": True}, {"who handed in", "who writes", "the chair"}),
        (
            {"revealed": True, "deliberation__round__reading": "always"},
            {"who handed in", "who writes", "the chair"},
        ),
    ],
    ids=["some are awaited", "opened", "closed", "read at any time"],
)
def test_who_compares_the_levels(traits, readers):
    calibration = CalibrationFactory(**traits)
    people = {who: person(calibration.deliberation) for who, person in COMPARING.items()}

    reading = {
        who
        for who, user in people.items()
        if Calibration.objects.comparable_by(user).contains(calibration)
    }

    assert reading == readers


def test_once_all_are_in_the_levels_are_compared():
    calibration = CalibrationFactory()
    member = reviewing(calibration.deliberation, handed_in=True)

    assert Calibration.objects.comparable_by(member).contains(calibration)
