"""From impact back to the first report: what an irritant led to, the latest first."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from calls.models import Irritant
from projects.charts import in_figures
from projects.models import Indicator, Project


PROJECTS = 10
FIGURES = 20


@dataclass(frozen=True)
class Step:
    """Something on the way, with its day, its page when it has one, and its words."""

    title: str
    when: date | datetime
    url: str = ""
    text: str = ""


def thread_of(irritant, user):
    """The steps that this person may read."""
    projects = list(_projects(irritant, user))
    steps = [*_figures(projects, user), *(_opening(project) for project in projects)]
    steps += [*_settlement(irritant), *_reports(irritant)]
    return sorted(steps, key=_day, reverse=True)


def _projects(irritant, user):
    """The projects whose application came from it, or from one merged into it."""
    reports = irritant.reports().values("pk")
    born = Project.objects.visible_to(user).filter(application__irritant__in=reports)
    return born.select_related("promotion").order_by("anchor", "pk")[:PROJECTS]


def _figures(projects, user):
    """The latest measure of each indicator: what it changes."""
    shown = Indicator.objects.visible_to(user).with_latest()
    measured = shown.filter(project__in=projects, latest__isnull=False)
    for indicator in measured.select_related("project").order_by("-latest_on", "pk")[:FIGURES]:
        figure = f"{in_figures(indicator.latest)} {indicator.unit}".strip()
        yield Step(
            title=_("%(indicator)s : %(figure)s") % {"indicator": indicator.name, "figure": figure},
            when=indicator.latest_on,
            url=indicator.project.get_absolute_url(),
            text=str(indicator.project),
        )


def _opening(project):
    return Step(
        title=_("Le projet « %(project)s » commence") % {"project": project},
        when=project.anchor,
        url=project.get_absolute_url(),
        text=project.pitch or str(project.promotion),
    )


def _settlement(irritant):
    """What the team said of it last."""
    if irritant.status == Irritant.Status.TAKEN_UP:
        yield Step(_("L’irritant est pris en charge"), irritant.moderated_at)
    if irritant.status == Irritant.Status.CLOSED:
        yield Step(_("L’irritant est clos"), irritant.moderated_at, text=irritant.closed_reason)


def _reports(irritant):
    """Each report of the same pain, without its words: some were merged before anyone read them."""
    for number, report in enumerate(irritant.reports()):
        title = _("Signalé une première fois") if number == 0 else _("Signalé de nouveau")
        yield Step(title, report.reported_at)


def _day(step):
    return localdate(step.when) if isinstance(step.when, datetime) else step.when
