"""Applications that a committee selected or put in reserve, then told."""

from committees.models import Sense
from tests.calls.releasing import release
from tests.calls.test_results import decided
from tests.factories import DeclarationFactory


def selected(call, reader=None):
    return readable(decided(call, "selected"), reader)


def in_reserve(call, reader=None):
    return readable(
        decided(call, "reserve", Sense.CONDITIONAL, "Les places sont limitées."), reader
    )


def readable(application, reader):
    """The same, whose examination somebody who sits has declared no interest in."""
    deliberation = application.deliberation()
    round = deliberation.round
    type(round).objects.filter(pk=round.pk).update(committee=application.call.committee)
    if reader:
        DeclarationFactory(person=reader, up_to=deliberation)
    return application


def released(call):
    release(call)
    for application in call.applications.all():
        application.refresh_from_db()


def fresh(row):
    return type(row).objects.get(pk=row.pk)
