"""Days, instants and durations in the words of the reader's language, always in Paris time."""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from base.search import plain


NBSP = "\u00a0"
MINUTE, HOUR, DAY = 60, 3600, 86400


def in_french():
    return (get_language() or "fr").startswith("fr")


def of(someone):
    """« de Paul », « d’Anne », "of Anne": a name behind its preposition."""
    name = str(someone)
    if not in_french():
        return f"of {name}"
    return f"d’{name}" if re.match(r"[aeiou]|y[^aeiou]", plain(name)) else f"de {name}"


def _local(value):
    return timezone.localtime(value) if isinstance(value, datetime) else value


def day(value):
    """« 1er février 2027 », "1 February 2027" of a date or of an instant; nothing of nothing."""
    if not value:
        return ""
    value = _local(value)
    number = "1er" if value.day == 1 and in_french() else str(value.day)
    return f"{number} {MONTHS[value.month]} {value.year}"


def clock(value):
    """« 18 h 05 », "18:05" of an instant."""
    value = _local(value)
    return f"{value.hour}{NBSP}h{NBSP}{value:%M}" if in_french() else f"{value:%H:%M}"


def instant(value):
    """« vendredi 12 septembre 2026 à 12 h 00 (heure de Paris) »; nothing of nothing."""
    if not value:
        return ""
    return _("%(weekday)s %(day)s à %(hour)s (heure de Paris)") % {
        "weekday": WEEKDAYS[_local(value).weekday()],
        "day": day(value),
        "hour": clock(value),
    }


def machine(value):
    """A day or an instant for the `datetime` attribute: to the second, which HTML asks."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)


def duration(seconds):
    """A length of time in its two largest units: « 3 jours et 4 heures », « 1 minute »."""
    minutes = max(int(seconds), 0) // MINUTE
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(count)d jour", "%(count)d jours", days) % {"count": days} if days else "",
        ngettext("%(count)d heure", "%(count)d heures", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
        if minutes and not days
        else "",
    ]
    said = [part for part in parts if part]
    return _(" et ").join(said) if said else _("moins d’une minute")


def relative(value):
    """« dans 3 jours », « il y a 2 heures »; of a date without an hour, « demain », « hier »."""
    if not value:
        return ""
    if not isinstance(value, datetime):
        return _relative_day((value - timezone.localdate()).days)
    seconds = (value - timezone.now()).total_seconds()
    for unit in (DAY, HOUR, MINUTE):
        if abs(seconds) >= unit:
            length = duration(int(abs(seconds)) // unit * unit)
            break
    else:
        length = _("moins d’une minute")
    return (_("dans %(length)s") if seconds >= 0 else _("il y a %(length)s")) % {"length": length}


def _relative_day(days):
    near = {0: _("aujourd’hui"), 1: _("demain"), -1: _("hier")}
    if days in near:
        return near[days]
    count = abs(days)
    length = ngettext("%(count)d jour", "%(count)d jours", count) % {"count": count}
    return (_("dans %(length)s") if days > 0 else _("il y a %(length)s")) % {"length": length}


def number(value):
    """« 12 500 », "12,500": thousands apart, for counts and never for years."""
    return f"{value:,}".replace(",", NBSP if in_french() else ",")
