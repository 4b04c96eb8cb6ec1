"""Deposits, grace, more time and reminders in the nights when the clock changes.

Both clocks move to each instant, Python's and the one of the database that verbs ask.
"""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.lifecycle import Refused
from calls.models import Application
from calls.tasks import carry_out_deposit_orders, expire_drafts, remind_drafts
from notifications.models import Message
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    DepositOrderFactory,
    ExtensionFactory,
)


pytestmark = pytest.mark.usefixtures("moving_clock")
OCTOBER, MARCH = datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)
MARGIN = 20  # seconds, while the clocks go on
closings = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from([OCTOBER, MARCH]),
    st.integers(-200, 200),
)
beside = st.integers(MARGIN, 4 * 3600).flatmap(lambda seconds: st.sampled_from([seconds, -seconds]))
every_time = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def at(instant):
    """What is done inside is done from that instant on."""
    shift = (instant - datetime.now(tz=UTC)).total_seconds()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL demo.shift = %s", [f"{shift} seconds"])
    with time_machine.travel(instant, tick=True):
        yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL demo.shift = '0 seconds'")


@contextmanager
def draft_of(closing, *, grace=0, until=None):
    """A complete draft, last written two days before the closing; forgotten afterwards."""
    with transaction.atomic():
        with at(closing - timedelta(days=40)):
            opens_at = closing - timedelta(days=40)
            call = CallFactory(opens_at=opens_at, closes_at=closing, grace_minutes=grace)
            draft = ApplicationFactory(call=call)
            if until:
                ExtensionFactory(call=call, person=draft.author, until=until)
        yield draft
        transaction.set_rollback(True)


def deposited_at(instant, draft):
    with at(instant):
        try:
            Application.objects.get(pk=draft.pk).deposit(by=draft.author)
        except Refused:
            return False
    return True


@every_time
@given(closing=closings, seconds=beside, grace=st.sampled_from([0, 30, 90]))
def test_a_deposit_is_in_time_by_the_instant_and_its_grace(closing, seconds, grace):
    """The minutes of grace are those that pass, not those that the clock on the wall shows."""
    last = closing + timedelta(minutes=grace)
    with draft_of(closing, grace=grace) as draft:
        assert deposited_at(last + timedelta(seconds=seconds), draft) is (seconds < 0)


@every_time
@given(closing=closings, more=st.integers(10, 300), seconds=beside, grace=st.sampled_from([0, 60]))
def test_more_time_for_one_person_ends_at_its_instant(closing, more, seconds, grace):
    until = closing + timedelta(minutes=more)
    last = max(until, closing + timedelta(minutes=grace))
    with draft_of(closing, grace=grace, until=until) as draft:
        assert deposited_at(last + timedelta(seconds=seconds), draft) is (seconds < 0)


@every_time
@given(closing=closings, more=st.sampled_from([None, 10, 60, 300]), seconds=beside)
def test_the_reminder_leaves_seventy_two_hours_before_her_closing(closing, more, seconds):
    until = more and closing + timedelta(minutes=more)
    with draft_of(closing, until=until) as draft:
        Message.objects.all().delete()
        with at((until or closing) - timedelta(hours=72, seconds=-seconds)):
            remind_drafts()
            remind_drafts()
        letters = Message.objects.filter(notice="calls/draft_closing_soon")
        assert [letter.recipient for letter in letters] == [draft.author] * (seconds > 0)


@every_time
@given(closing=closings, more=st.sampled_from([None, 20, 60, 300]), early=st.booleans())
def test_an_order_is_carried_out_ten_minutes_before_her_closing(closing, more, early):
    until = more and closing + timedelta(minutes=more)
    wait = timedelta(minutes=10, seconds=MARGIN if early else -MARGIN)
    with draft_of(closing, until=until) as draft:
        DepositOrderFactory(application=draft)
        with at((until or closing) - wait):
            carry_out_deposit_orders()
            carry_out_deposit_orders()
        assert draft.receipts.count() == (not early)


@every_time
@given(closing=closings, more=st.sampled_from([None, 10, 60, 300]), seconds=beside)
def test_it_is_over_for_her_after_her_closing_only(closing, more, seconds):
    until = more and closing + timedelta(minutes=more)
    with draft_of(closing, until=until) as draft:
        with at((until or closing) + timedelta(seconds=seconds)):
            expire_drafts()
            expire_drafts()
        told = Message.objects.filter(notice="calls/draft_expired")
        assert [letter.recipient for letter in told] == [draft.author] * (seconds > 0)
