import pytest
from django.db import IntegrityError

from base.lifecycle import Refused
from committees.models import Assignment, Review
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


@pytest.fixture
def team():
    return UserFactory(staff=True)


@pytest.fixture
def deliberation():
    return DeliberationFactory()


@pytest.fixture
def seat(deliberation):
    return SeatFactory(committee=deliberation.committee, declared=deliberation)


def test_a_dossier_is_proposed_to_a_member_who_is_told_without_its_title(deliberation, seat, team):
    assignment = deliberation.assign(by=team, seat=seat, why="Connaît les préfectures.")

    message = Message.objects.get()
    assert assignment.status == Assignment.Status.PROPOSED
    assert message.recipient == seat.user
    assert str(deliberation) not in message.subject + message.body
    assert Event.objects.about(deliberation).get().verb == "assignment.proposed"


def test_the_chair_assigns_and_a_member_does_not(deliberation, seat):
    chair = SeatFactory(committee=deliberation.committee, chair=True, declared=deliberation)

    with pytest.raises(Refused):
        deliberation.assign(by=seat.user, seat=chair)

    assert deliberation.assign(by=chair.user, seat=seat).proposed_by == chair.user


UNFIT = {
    "of another committee": lambda d: SeatFactory(),
    "an observer": lambda d: SeatFactory(committee=d.committee, observer=True),
    "the secretary": lambda d: SeatFactory(committee=d.committee, secretary=True),
    "out of mandate": lambda d: SeatFactory(committee=d.committee, past=True),
    "already asked": lambda d: AssignmentFactory(deliberation=d, declined=True).seat,
    "interested": lambda d: interested_seat(d),
    "suspected": lambda d: interested_seat(d, suspected=True),
}


def interested_seat(deliberation, **traits):
    seat = SeatFactory(committee=deliberation.committee)
    InterestFactory(deliberation=deliberation, person=seat.user, **traits)
    return seat


@pytest.mark.parametrize("who", UNFIT)
def test_a_dossier_is_not_entrusted_to_a_seat(who, deliberation, team):
    seat = UNFIT[who](deliberation)

    with pytest.raises(Refused):
        deliberation.assign(by=team, seat=seat)


def test_nobody_is_asked_for_more_than_the_maximum_of_the_round(team):
    round = RoundFactory(max_load=1)
    first, second = DeliberationFactory.create_batch(2, round=round)
    seat = SeatFactory(committee=round.committee)
    first.assign(by=team, seat=seat)

    with pytest.raises(Refused, match="nombre de dossiers atteint"):
        second.assign(by=team, seat=seat)


@pytest.mark.parametrize(
    "traits", [{"round__closed": True}, {"concluded": True}, {"status": "void"}]
)
def test_nothing_is_entrusted_once_it_is_over(traits, team):
    deliberation = DeliberationFactory(**traits)
    seat = SeatFactory(committee=deliberation.round.committee)

    with pytest.raises(Refused):
        deliberation.assign(by=team, seat=seat)


def test_accepting_opens_the_review_sheet():
    assignment = AssignmentFactory()

    review = assignment.accept(by=assignment.seat.user)

    assert assignment.status == Assignment.Status.ACCEPTED
    assert (review.assignment, review.status) == (assignment, Review.Status.DRAFT)
    assert Event.objects.about(assignment.deliberation).get().verb == "assignment.accepted"


@pytest.mark.parametrize("traits", [{"accepted": True}, {"declined": True}, {"neutralised": True}])
def test_an_answer_is_given_once(traits):
    assignment = AssignmentFactory(**traits)

    with pytest.raises(Refused):
        assignment.accept(by=assignment.seat.user)


def test_nobody_answers_for_another(team):
    assignment = AssignmentFactory()

    with pytest.raises(Refused):
        assignment.accept(by=team)
    with pytest.raises(Refused):
        assignment.decline(by=team, reason="Elle est absente.")


def test_an_undeclared_member_declares_first():
    assignment = AssignmentFactory(seat__declared=None)

    with pytest.raises(Refused):
        assignment.accept(by=assignment.seat.user)


@pytest.mark.parametrize("traits", [{}, {"accepted": True}])
def test_a_dossier_is_declined_with_a_reason_until_it_is_reviewed(traits):
    assignment = AssignmentFactory(**traits)

    assignment.decline(by=assignment.seat.user, reason="Je suis absente.")

    assert (assignment.status, assignment.decline_reason) == ("declined", "Je suis absente.")
    assert Event.objects.about(assignment.deliberation).get().verb == "assignment.declined"


def test_a_reviewed_dossier_is_not_declined():
    assignment = AssignmentFactory(reviewed=True)

    with pytest.raises(Refused):
        assignment.decline(by=assignment.seat.user, reason="Tout compte fait…")


def test_declining_says_why():
    assignment = AssignmentFactory()

    with pytest.raises(IntegrityError, match="assignment_declined_is_reasoned"):
        assignment.decline(by=assignment.seat.user, reason=" ")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"status": "accepted"}, "assignment_answered_at_once_answered"),
        ({"accepted": True, "status": "proposed"}, "assignment_answered_at_once_answered"),
        ({"status": "neutralised"}, "assignment_neutralised_at_once_neutralised"),
        ({"neutralised": True, "status": "proposed"}, "assignment_neutralised_at_once_neutralised"),
    ],
)
def test_the_database_refuses_an_assignment_whose_stamps_lie(fields, rule):
    with pytest.raises(IntegrityError, match=rule):
        AssignmentFactory(**fields)


def test_a_dossier_is_entrusted_to_a_seat_once():
    assignment = AssignmentFactory()

    with pytest.raises(IntegrityError, match="assignment_once_per_dossier_and_seat"):
        AssignmentFactory(deliberation=assignment.deliberation, seat=assignment.seat)
