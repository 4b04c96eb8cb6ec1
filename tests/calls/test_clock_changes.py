"""Closings in the night when the clock changes: an instant stays an instant."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.utils.timezone import localtime
from hypothesis import given
from hypothesis import strategies as st

from base.widgets import InstantInput
from base.wording import instant
from calls.calendar import calendar_of
from calls.forms import ExtensionForm
from calls.models import Call
from tests.factories import CallFactory


CHANGES = [datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)]
instants = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(CHANGES),
    st.integers(-240, 240),
)


def typed(text):
    return ExtensionForm({"closes_at": text})


@given(instants)
def test_what_the_page_shows_is_read_back_as_the_same_instant_or_refused(closing):
    """The hour that comes twice in October is refused: no closing is ever an hour off."""
    text = InstantInput().format_value(localtime(closing))
    form = typed(text)
    comes_twice = (
        datetime(2026, 10, 25, 0, tzinfo=UTC) <= closing < datetime(2026, 10, 25, 2, tzinfo=UTC)
    )

    assert form.is_valid() is not comes_twice
    if form.is_valid():
        assert form.cleaned_data["closes_at"] == closing


@pytest.mark.parametrize("text", ["2027-03-28T02:30", "2026-10-25T02:30"])
def test_an_hour_that_does_not_exist_or_comes_twice_is_refused_in_a_sentence(text):
    form = typed(text)

    assert not form.is_valid()
    assert "Europe/Paris" in str(form.errors["closes_at"])


@given(instants, st.integers(0, 1440))
def test_the_grace_lasts_as_many_minutes_as_announced(closing, minutes):
    call = Call(closes_at=localtime(closing), grace_minutes=minutes)

    elapsed = call.grace_ends_at.astimezone(UTC) - closing
    assert elapsed == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("closing", "words"),
    [
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "dimanche 25 octobre 2026 à 0 h 30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "dimanche 25 octobre 2026 à 2 h 30"),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "dimanche 25 octobre 2026 à 23 h 59"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "dimanche 28 mars 2027 à 1 h 59"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "dimanche 28 mars 2027 à 3 h 00"),
    ],
)
def test_a_closing_is_said_and_put_in_calendars_as_it_is(closing, words):
    call = CallFactory(closes_at=closing, opens_at=closing - timedelta(days=30), grace_minutes=90)

    events = icalendar.Calendar.from_ical(calendar_of(call)).walk("VEVENT")

    assert instant(call.closes_at) == f"{words} (heure de Paris)"
    assert [event["DTSTART"].dt for event in events[1:]] == [
        closing,
        closing + timedelta(minutes=90),
    ]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seconds", [-7200, -1, 0, 1, 7200])
def test_the_database_s_clock_compares_instants(change, seconds):
    """A call that closes around the change is open or closed as the instants say, not the hours."""
    closing = change + timedelta(seconds=seconds)
    call = CallFactory(closes_at=closing, opens_at=closing - timedelta(days=30))

    stored = Call.objects.filter(pk=call.pk, closes_at__gt=change - timedelta(hours=1))

    assert stored.exists() is (seconds > -3600)
