"""What coaching expects of a person."""

from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext as _

from base.calendar import end_of_day, today
from base.duty import Duty
from coaching.models import ActionItem, CoachAssignment


LIMIT = 20


def awaiting(user):
    """Proposals to answer, silences to break, actions to do, projects to find a coach for."""
    parts = [_proposals(user), _silences(user), _actions(user), _projects_without_a_coach(user)]
    return list(chain.from_iterable(parts))[:LIMIT]


def _proposals(user):
    proposals = CoachAssignment.objects.answerable_by(user).select_related("project", "coach__user")
    return [
        Duty(
            title=_("Répondre : accompagner « %(project)s » ?") % {"project": assignment.project},
            url=assignment.get_absolute_url(),
            context=_("Coaching"),
            kind="proposal",
        )
        for assignment in proposals.order_by("proposed_at", "pk")[:LIMIT]
    ]


def _silences(user):
    quiet = CoachAssignment.objects.quiet_on(today()).filter(coach__user=user)
    return [
        Duty(
            title=_("Reprendre contact avec « %(project)s »") % {"project": assignment.project},
            url=assignment.get_absolute_url(),
            context=_("Coaching : aucune séance depuis trois semaines"),
            kind="session",
        )
        for assignment in quiet.select_related("project").order_by("heard_on", "pk")[:LIMIT]
    ]


def _actions(user):
    actions = ActionItem.objects.open().filter(owner=user)
    return [
        Duty(
            title=action.title,
            url=action.get_absolute_url(),
            due_at=end_of_day(action.due_on),
            context=_("Action promise pour « %(project)s »") % {"project": action.project},
            kind="action",
        )
        for action in actions.select_related("session__assignment__project").order_by(
            "due_on", "pk"
        )[:LIMIT]
    ]


def _projects_without_a_coach(user):
    projects = CoachAssignment.objects.projects_without_a_coach().steerable_by(user)
    return [
        Duty(
            title=_("Proposer un coach à « %(project)s »") % {"project": project},
            url=reverse("coaching:proposal-new", args=[project.slug]),
            context=_("Coaching"),
            kind="coach",
        )
        for project in projects.order_by("anchor", "pk")[:LIMIT]
    ]
