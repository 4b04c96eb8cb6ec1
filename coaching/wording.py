"""How coaching says its figures."""

from django.utils.formats import localize
from django.utils.translation import ngettext


def days(value):
    """« 1 jour », « 2,5 jours » of a number of days."""
    shown = localize(int(value) if value == int(value) else value.normalize())
    count = 1 if 0 < value < 2 else int(value)
    return ngettext("%(count)s jour", "%(count)s jours", count) % {"count": shown}
