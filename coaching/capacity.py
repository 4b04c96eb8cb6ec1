"""How loaded a coach is: pure sums over dated assignments."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal


# Two years hold 730 or 731 days: the longer count is the one that refuses nobody wrongly.
TWO_YEARS = timedelta(days=731)


@dataclass(frozen=True)
class Load:
    """Days a month and projects at once."""

    days: Decimal = Decimal(0)
    projects: int = 0


def peak(assignments, *, starts_on, ends_on):
    """The heaviest load on any day of a half-open period, each figure by itself.

    A load only grows where an assignment begins, so those days and the first one are enough.
    """
    days = {starts_on} | {a.starts_on for a in assignments if starts_on < a.starts_on < ends_on}
    loads = [_load_on(day, assignments) for day in days]
    return Load(days=max(load.days for load in loads), projects=max(ld.projects for ld in loads))


def time_spent(assignments):
    """How long a set of assignments lasts in all."""
    return sum((a.ends_on - a.starts_on for a in assignments), timedelta())


def _load_on(day, assignments):
    running = [a for a in assignments if a.starts_on <= day < a.ends_on]
    return Load(
        days=sum((a.days_budget for a in running), Decimal(0)),
        projects=len({a.project_id for a in running}),
    )
