from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from base.calendar import today
from base.lifecycle import Refused
from coaching.models import CoachAssignment
from journal.models import Event
from tests.factories import (
    CoachAssignmentFactory,
    CoachFactory,
    ProjectFactory,
    TermFactory,
)


LONG_AGO = today() - timedelta(days=700)


def verbs(subject):
    return [event.verb for event in Event.objects.about(subject)]


@pytest.mark.parametrize("who", ["coach", "staff"])
def test_ending_takes_the_coach_out_of_the_team_today(who, people, assignment):
    assignment.end(by=people[who], reason="Le projet change de cap.")

    membership = assignment.project.memberships.get(user=assignment.coach.user)
    assert assignment.status == "ended"
    assert assignment.last_day == today()
    assert membership.ends_on == assignment.ends_on
    assert verbs(assignment)[-1] == "coachassignment.ended"


@pytest.mark.parametrize("who", ["former coach", "other coach", "intrapreneur", "stranger"])
def test_nobody_else_ends_an_assignment(who, people, assignment):
    with pytest.raises(Refused, match="n’est plus en cours"):
        assignment.end(by=people[who], reason="Je préfère.")


def test_ending_before_the_beginning_leaves_no_day(team):
    start = today() + timedelta(days=10)
    assignment = CoachAssignmentFactory(accepted=True, starts_on=start)

    assignment.end(by=team, reason="Le projet ne démarre pas.")

    assert (assignment.starts_on, assignment.ends_on) == (start, start)


def test_a_planned_end_closes_by_itself_a_week_later(project):
    assignment = CoachAssignmentFactory(
        project=project, accepted=True, ends_on=today() - timedelta(days=7)
    )

    assignment.lapse()

    assert (assignment.status, assignment.closed_by) == ("ended", None)
    assert project.memberships.get(user=assignment.coach.user).ends_on == assignment.ends_on
    assert verbs(assignment) == ["coachassignment.lapsed"]


def test_nothing_lapses_within_the_week_of_writing_up():
    assignment = CoachAssignmentFactory(accepted=True, ends_on=today() - timedelta(days=6))

    with pytest.raises(Refused, match="pas arrivé à son terme"):
        assignment.lapse()


def test_a_follow_up_keeps_the_coach_in_the_team(project):
    first = CoachAssignmentFactory(
        project=project, accepted=True, ends_on=today() - timedelta(days=7)
    )
    follow_up = CoachAssignmentFactory(project=project, coach=first.coach, starts_on=first.ends_on)
    follow_up.accept(by=first.coach.user)

    first.lapse()

    assert project.memberships.get(user=first.coach.user).ends_on is None


def test_a_running_project_without_a_coach_is_found():
    alone = TermFactory().project
    asked, coached, left = TermFactory(), TermFactory(), TermFactory()
    ProjectFactory()
    CoachAssignmentFactory(project=asked.project)
    CoachAssignmentFactory(project=coached.project, accepted=True)
    CoachAssignmentFactory(project=left.project, ended=True)

    found = CoachAssignment.objects.projects_without_a_coach().order_by("pk")

    assert list(found) == [alone, left.project]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends_on": today() - timedelta(days=60)}, "coachassignment_ends_after_it_starts"),
        ({"starts_on": LONG_AGO}, "coachassignment_two_years_or_an_exception"),
        ({"days_budget": 0}, "coachassignment_gives_some_time"),
        ({"reasons": ""}, "coachassignment_says_why"),
        ({"status": "accepted"}, "coachassignment_answered_has_its_instant"),
        ({"declined": True, "decline_reason": ""}, "coachassignment_declined_with_a_reason"),
        ({"decline_reason": "Non."}, "coachassignment_declined_with_a_reason"),
        ({"ended": True, "closed_at": None}, "coachassignment_closed_has_its_instant"),
    ],
)
def test_an_assignment_holds_in_the_database(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CoachAssignmentFactory(**fields)


def test_a_coach_is_asked_once_at_a_time():
    proposal = CoachAssignmentFactory()

    with (
        pytest.raises(IntegrityError, match="coachassignment_proposed_once_at_a_time"),
        transaction.atomic(),
    ):
        CoachAssignmentFactory(project=proposal.project, coach=proposal.coach)


def test_a_coach_is_on_a_project_once_at_a_time(assignment):
    with (
        pytest.raises(IntegrityError, match="coachassignment_never_overlaps_itself"),
        transaction.atomic(),
    ):
        CoachAssignmentFactory(project=assignment.project, coach=assignment.coach, accepted=True)


@pytest.mark.parametrize("offer", [{"project_limit": 1}, {"days_per_month": 1}])
def test_the_database_itself_counts_a_coachs_room(offer):
    coach = CoachFactory(**offer)
    CoachAssignmentFactory(coach=coach, accepted=True)
    proposal = CoachAssignmentFactory(coach=coach)

    with (
        pytest.raises(IntegrityError, match="has no room left"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE coaching_coachassignment SET status = 'accepted', answered_at = now()"
            " WHERE id = %s",
            [proposal.pk],
        )


def test_the_database_lets_a_coachs_room_be_filled():
    coach = CoachFactory(project_limit=1)
    CoachAssignmentFactory(coach=coach, accepted=True, ends_on=today())

    CoachAssignmentFactory(coach=coach, accepted=True, starts_on=today())

    assert coach.assignments.accepted().count() == 2
