from datetime import timedelta

import pytest
from django.utils import timezone

from base.calendar import today
from coaching.models import CoachAssignment
from coaching.tasks import (
    close_past_assignments,
    remind_due_actions,
    remind_missing_sessions,
)
from notifications.models import Message
from tests.factories import ActionItemFactory, CoachAssignmentFactory, SessionFactory


def addresses():
    return sorted(Message.objects.values_list("address", flat=True))


@pytest.mark.parametrize("days", [2, 0, -7])
def test_the_owner_is_reminded_once_of_an_action_that_is_due(days):
    action = ActionItemFactory(due_on=today() + timedelta(days=days))

    remind_due_actions()
    remind_due_actions()

    assert addresses() == [action.owner.email]


@pytest.mark.parametrize("days", [3, -8])
def test_nobody_is_reminded_too_early_or_of_the_past(days):
    ActionItemFactory(due_on=today() + timedelta(days=days))

    remind_due_actions()

    assert addresses() == []


def test_nobody_is_reminded_of_what_is_done():
    ActionItemFactory(due_on=today(), done=True)

    remind_due_actions()

    assert addresses() == []


def test_the_coach_is_told_once_of_a_silence(assignment):
    SessionFactory(assignment=assignment, held_on=today() - timedelta(days=21))

    remind_missing_sessions()
    remind_missing_sessions()

    assert addresses() == [assignment.coach.user.email]
    assert "depuis le" in Message.objects.get().body


def test_a_project_never_met_is_a_silence_too(assignment):
    remind_missing_sessions()

    assert addresses() == [assignment.coach.user.email]


def test_the_next_silence_is_another_reminder(assignment, time_machine):
    time_machine.move_to(timezone.now())
    SessionFactory(assignment=assignment, held_on=today() - timedelta(days=21))
    remind_missing_sessions()
    SessionFactory(assignment=assignment, held_on=today())
    remind_missing_sessions()
    assert len(addresses()) == 1

    time_machine.shift(timedelta(days=21))
    remind_missing_sessions()

    assert len(addresses()) == 2


def test_no_silence_is_told_before_three_weeks_or_outside_the_dates():
    quiet = CoachAssignmentFactory(accepted=True)
    SessionFactory(assignment=quiet, held_on=today() - timedelta(days=20))
    CoachAssignmentFactory(accepted=True, starts_on=today() - timedelta(days=20))
    CoachAssignmentFactory(accepted=True, ends_on=today())
    CoachAssignmentFactory(ended=True)
    CoachAssignmentFactory()

    remind_missing_sessions()

    assert addresses() == []


def test_past_assignments_are_closed_once():
    past = CoachAssignmentFactory(accepted=True, ends_on=today() - timedelta(days=7))
    running = CoachAssignmentFactory(accepted=True)

    close_past_assignments()
    close_past_assignments()

    status = dict(CoachAssignment.objects.values_list("pk", "status"))
    assert status == {past.pk: "ended", running.pk: "accepted"}
