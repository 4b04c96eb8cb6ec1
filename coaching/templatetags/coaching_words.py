from django import template

from coaching import wording
from coaching.models import Expertise


register = template.Library()
register.filter("days", wording.days)


@register.filter
def areas(values):
    """The names of areas of expertise, in the reader's language."""
    return Expertise.labels_of(values)
