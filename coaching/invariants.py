from datetime import date

from django.db.models import F

from coaching.capacity import TWO_YEARS
from coaching.models import ActionItem, Coach, CoachAssignment, Session


def a_coach_never_promises_more_than_is_offered():
    """No coach has, on any day, more projects or more days than the profile offers."""
    coaches = Coach.objects.select_related("user").order_by("pk")
    return [
        coach.pk
        for coach in coaches.iterator()
        if coach.excess(starts_on=date.min, ends_on=date.max)
    ]


def a_coach_leaves_after_two_years_or_with_an_exception():
    """At most two years of a coach on one project, unless an exception is written."""
    accepted = CoachAssignment.objects.accepted().filter(exception="")
    return [a.pk for a in accepted.select_related("coach") if a.total_time() > TWO_YEARS]


def an_accepted_coach_is_in_the_team():
    """A coach who accepted a project is a member of its team, with the role coach."""
    return [
        a.pk
        for a in CoachAssignment.objects.accepted().select_related("coach", "project")
        if not a.project.memberships.filter(user=a.coach.user_id, role="coach").exists()
    ]


def a_session_falls_within_its_assignment():
    """A session is held between the dates of its assignment."""
    outside = Session.objects.exclude(
        held_on__gte=F("assignment__starts_on"), held_on__lt=F("assignment__ends_on")
    )
    return outside.values_list("pk", flat=True)


def an_action_is_due_after_its_session():
    """An action is not due before the session that decides it."""
    early = ActionItem.objects.filter(due_on__lt=F("session__held_on"))
    return early.values_list("pk", flat=True)


INVARIANTS = [
    a_coach_never_promises_more_than_is_offered,
    a_coach_leaves_after_two_years_or_with_an_exception,
    an_accepted_coach_is_in_the_team,
    a_session_falls_within_its_assignment,
    an_action_is_due_after_its_session,
]
