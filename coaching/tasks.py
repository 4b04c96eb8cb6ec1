from celery import shared_task

from base.calendar import today
from coaching import notices
from coaching.models import ActionItem, CoachAssignment


@shared_task
def remind_due_actions():
    """Remind owners two days before an action is due, or in the week after when a day was missed.

    Safe to run twice: the outbox holds one reminder per action, and a done action is not found.
    """
    due = ActionItem.objects.due_around(today())
    for action in due.select_related("owner", "session__assignment__project").order_by("pk"):
        notices.action_due(action)


@shared_task
def remind_missing_sessions():
    """Tell coaches of the projects that they have not met for three weeks.

    Safe to run twice or a day late: the outbox holds one reminder per silence.
    """
    quiet = CoachAssignment.objects.quiet_on(today())
    for assignment in quiet.select_related("coach__user", "project").order_by("pk"):
        notices.session_missing(assignment)


@shared_task
def close_past_assignments():
    """Close assignments a week after their last day.

    Safe to run twice: a closed one is no longer found.
    """
    for assignment in CoachAssignment.objects.over_by(today()).order_by("pk"):
        assignment.lapse()
