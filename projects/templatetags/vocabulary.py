"""The words of this floor for what events keep as codes, in the reader's language."""

from datetime import date

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.charts import in_figures
from projects.models import Milestone, Phase, Role


register = template.Library()
register.filter("figures", in_figures)


@register.filter
def role_label(code):
    return Role(code).label


@register.filter
def phase_label(code):
    """« construction » of a stored phase; nothing before the first one."""
    return Phase(code).label if code else ""


@register.filter
def verdict_label(code):
    return Milestone.Verdict(code).label


@register.filter
def iso_day(text):
    """The date that an event keeps as « 2027-02-27 », for the filters of dates."""
    return date.fromisoformat(text)


@register.filter
def phase_kind(code):
    """The colour of a phase's badge; what has ended stays grey, for an end is no fault."""
    kinds = {"investigation": "new", "transfere": "success", "opere": "success"}
    return "" if code in {None, "abandon", "abandon-investigation"} else kinds.get(code, "info")


@register.filter
def milestone_kind(milestone):
    """The colour of a milestone's badge."""
    if milestone.status == Milestone.Status.REVIEWED:
        return {"go": "success", "revise": "warning", "missed": "error"}[milestone.verdict]
    if milestone.is_overdue:
        return "warning"
    return "info" if milestone.status == Milestone.Status.REPORTED else "new"


@register.inclusion_tag("projects/nav.html", takes_context=True)
def project_nav(context, project):
    """The pages of a project, for those who follow it."""
    here = context["request"].resolver_match.url_name
    pages = [
        ("follow-up", _("Suivi"), set()),
        ("milestones", _("Jalons"), {"milestone", "milestone-new", "plan"}),
        ("terms", _("Mandats"), {"term"}),
        ("term-review", _("Revue"), set()),
        ("indicators", _("Indicateurs"), {"indicator", "indicator-new"}),
        ("open-labs", _("Open labs"), set()),
        ("team", _("Équipe"), {"membership-new"}),
        ("coaching:project-coaching", _("Accompagnement"), set()),
        ("phases", _("Phases"), set()),
        ("publication", _("Page publique"), {"presentation"}),
    ]
    return {
        "project": project,
        "entries": [
            {
                "url": reverse(name if ":" in name else f"projects:{name}", args=[project.slug]),
                "label": label,
                "current": "page"
                if name.rpartition(":")[2] == here
                else "true"
                if here in below
                else "",
            }
            for name, label, below in pages
        ],
    }
