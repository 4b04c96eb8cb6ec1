from django import template

from base.calendar import today
from coaching import wording
from coaching.models import Coach, Expertise


register = template.Library()
register.filter("days", wording.days)


@register.filter
def areas(values):
    """The names of areas of expertise, in the reader's language."""
    return Expertise.labels_of(values)


@register.simple_tag
def coaches_with_room():
    """Today's `coaches` with room, and the `projects` that they could follow besides."""
    return Coach.objects.room(on=today())
