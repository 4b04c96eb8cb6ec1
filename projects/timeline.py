"""One thread for a project: what happened, and what comes."""

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from base.calendar import today
from journal.models import Event
from projects.models import TermReview


MOST = 10


@dataclass(frozen=True)
class Step:
    """Something to come on a project, or overdue."""

    on: date
    title: str
    is_late: bool = False


def upcoming(project, term):
    """What is planned, nearest first: milestones, phases, the last day of the term."""
    steps = [
        Step(milestone.due_on, milestone.title, milestone.is_overdue)
        for milestone in project.milestones().planned().order_by("due_on", "pk")[:MOST]
    ]
    steps += [
        Step(
            change.effective_on,
            _("Phase « %(phase)s » (prévu)") % {"phase": change.get_phase_display()},
        )
        for change in project.phase_changes.planned_after(today())[:MOST]
    ]
    if term:
        steps.append(Step(term.last_day, _("Dernier jour du mandat")))
    return sorted(steps, key=lambda step: step.on)


def events_of(project):
    """Its events, latest first; keys are fetched apart so that the index by subject serves."""
    reviews = TermReview.objects.filter(term__project=project).values_list("pk", flat=True)
    its_own = Q(subject_type=ContentType.objects.get_for_model(project), subject_id=project.pk)
    of_its_reviews = Q(
        subject_type=ContentType.objects.get_for_model(TermReview), subject_id__in=list(reviews)
    )
    events = Event.objects.filter(its_own | of_its_reviews).select_related("actor")
    return events.order_by("-at", "-pk")
