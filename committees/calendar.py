"""A hearing for the calendar of those who are heard (RFC 5545)."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _


def calendar_of(hearing):
    """One event, in bytes: its UID stays when the hearing moves, its SEQUENCE grows."""
    import icalendar  # noqa: PLC0415 - costs a tenth of a second, wanted by this page alone

    item, slot = hearing.item, hearing.slot
    calendar, event = icalendar.Calendar(), icalendar.Event()
    calendar.add("prodid", "-//La Fabrique//auditions//FR")
    calendar.add("version", "2.0")
    event.add("uid", f"hearing-{item.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", item.hearings.filter(released_at__isnull=False).count())
    event.add("dtstamp", hearing.chosen_at)
    event.add("dtstart", slot.starts_at.astimezone(UTC))
    event.add("dtend", slot.ends_at.astimezone(UTC))
    event.add("summary", _("Audition : %(title)s") % {"title": item})
    event.add("location", slot.link or item.sitting.place)
    event.add("url", settings.SITE_URL + hearing.get_absolute_url())
    calendar.add_component(event)
    return calendar.to_ical()
