from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coaching.capacity import Load, peak, time_spent


@dataclass
class Promise:
    project_id: int
    starts_on: date
    ends_on: date
    days_budget: Decimal = Decimal(1)


JANUARY, MARCH, JUNE, YEAR_END = (date(2026, month, 1) for month in (1, 3, 6, 12))
days = st.dates(date(2026, 1, 1), date(2026, 3, 31))


@st.composite
def promises(draw):
    starts_on = draw(days)
    length = draw(st.integers(min_value=1, max_value=60))
    project = draw(st.integers(min_value=1, max_value=3))
    return Promise(project, starts_on, starts_on + timedelta(days=length), Decimal(draw(days).day))


def test_nothing_promised_weighs_nothing():
    assert peak([], starts_on=JANUARY, ends_on=JUNE) == Load(Decimal(0), 0)


def test_two_promises_that_follow_each_other_never_add_up():
    one, two = Promise(1, JANUARY, MARCH), Promise(2, MARCH, JUNE)

    assert peak([one, two], starts_on=JANUARY, ends_on=JUNE) == Load(Decimal(1), 1)


def test_two_promises_add_up_on_the_days_they_share():
    one, two = Promise(1, JANUARY, JUNE), Promise(2, MARCH, YEAR_END)

    assert peak([one, two], starts_on=JANUARY, ends_on=MARCH) == Load(Decimal(1), 1)
    assert peak([one, two], starts_on=JANUARY, ends_on=JUNE) == Load(Decimal(2), 2)


@given(st.lists(promises(), max_size=6), days)
def test_the_peak_is_the_heaviest_of_all_days(promised, starts_on):
    ends_on = starts_on + timedelta(days=40)

    every_day = [starts_on + timedelta(days=n) for n in range(40)]
    running = [[p for p in promised if p.starts_on <= day < p.ends_on] for day in every_day]

    assert peak(promised, starts_on=starts_on, ends_on=ends_on) == Load(
        max(sum((p.days_budget for p in some), Decimal(0)) for some in running),
        max(len({p.project_id for p in some}) for some in running),
    )


def test_time_on_a_project_adds_up():
    spent = time_spent([Promise(1, JANUARY, MARCH), Promise(1, MARCH, JUNE)])

    assert spent == JUNE - JANUARY
