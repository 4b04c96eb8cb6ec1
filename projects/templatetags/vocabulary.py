"""The words of this floor for what events keep as codes, in the reader's language."""

from datetime import date

from django import template

from projects.models import Milestone, Phase, Role


register = template.Library()


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
