"""A call's dates for anyone's calendar (RFC 5545)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from journal.models import Event


def calendar_of(call):
    """The opening and the closing, in bytes: UIDs that stay, a SEQUENCE that each move raises."""
    import icalendar  # noqa: PLC0415 - costs a tenth of a second, wanted by this page alone

    moves = Event.objects.about(call).filter(verb="call.extended").count()
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//La Fabrique//appels//FR")
    calendar.add("version", "2.0")
    for name, instant, title in [
        ("opening", call.opens_at, _("Ouverture : %(call)s")),
        ("closing", call.closes_at, _("Clôture des dépôts : %(call)s")),
    ]:
        event = icalendar.Event()
        event.add("uid", f"call-{call.pk}-{name}@{urlsplit(settings.SITE_URL).hostname}")
        event.add("sequence", moves)
        event.add("dtstamp", call.published_at)
        event.add("dtstart", localtime(instant))
        event.add("dtend", localtime(instant))
        event.add("summary", title % {"call": call.title})
        event.add("url", settings.SITE_URL + call.get_absolute_url())
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
