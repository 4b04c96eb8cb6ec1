"""A call's dates for anyone's calendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from journal.models import Event


DAY = timedelta(days=1)


def calendar_of(call):
    """Its dates, in bytes: UIDs that stay, a SEQUENCE that each move raises."""
    import icalendar  # noqa: PLC0415 - costs a tenth of a second, wanted by this page alone

    moved = ["call.extended", "call.closing_announced"]
    moves = Event.objects.about(call).filter(verb__in=moved).count()
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//La Fabrique//appels//FR")
    calendar.add("version", "2.0")
    for name, begins, title in moments_of(call):
        event = icalendar.Event()
        event.add("uid", f"call-{call.pk}-{name}@{urlsplit(settings.SITE_URL).hostname}")
        event.add("sequence", moves)
        event.add("dtstamp", call.published_at)
        event.add("dtstart", begins)
        event.add("dtend", begins if isinstance(begins, datetime) else begins + DAY)
        event.add("summary", title % {"call": call.title})
        event.add("url", settings.SITE_URL + call.get_absolute_url())
        calendar.add_component(event)
    return calendar.to_ical()


def moments_of(call):
    """(name, instant or day, title) of all that the call's page announces.

    Instants in UTC: an hour of Paris comes twice in October, and RFC 5545 has no word for it.
    """
    moments = [("opening", call.opens_at.astimezone(UTC), _("Ouverture : %(call)s"))]
    if call.closes_at:
        title = _("Clôture des dépôts : %(call)s")
        moments.append(("closing", call.closes_at.astimezone(UTC), title))
    if call.closes_at and call.grace_minutes:
        moments.append(("grace", call.grace_ends_at, _("Fin du délai de grâce : %(call)s")))
    if call.promotion_starts_on:
        title = _("Début prévu de la promotion : %(call)s")
        moments.append(("promotion", call.promotion_starts_on, title))
    return moments
