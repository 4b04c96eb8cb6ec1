"""The plan of a term, counted back from its end on French working days."""

from datetime import timedelta

from base.calendar import is_working_day, previous_working_day


# The committee sits between these days before the end of a term, and its date is booked by then.
EARLIEST, LATEST = timedelta(days=45), timedelta(days=30)
PAPERS_BEFORE_COMMITTEE = timedelta(days=7)


def next_working_day(day):
    """The day itself when one works on it, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def committee_window(ends_on):
    """The first and the last day on which a term's committee may sit."""
    return ends_on - EARLIEST, ends_on - LATEST


def plan(starts_on, ends_on, committee_on=None):
    """When each kind of milestone is due, for a half-open term and its committee's day if chosen.

    A term too short for its back-planning has what would fall before it on its first working day.
    """
    earliest, latest = committee_window(ends_on)
    committee_on = committee_on or previous_working_day(latest)
    days = {
        "kick_off": previous_working_day(starts_on + timedelta(days=7)),
        "research": previous_working_day(starts_on + (ends_on - starts_on) / 2),
        "booking": next_working_day(earliest),
        "papers": previous_working_day(committee_on - PAPERS_BEFORE_COMMITTEE),
        "committee": committee_on,
    }
    first = next_working_day(starts_on)
    return {kind: max(day, first) for kind, day in days.items()}
