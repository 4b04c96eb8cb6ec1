"""The same in a call without a closing: whatever anybody tries, every rule still holds (A-08)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from calls.models import Call
from calls.models.status import DECIDED
from tests.calls.deposits import end
from tests.calls.releasing import release
from tests.journeys.test_any_order import REACHED, LifeOfAnApplication, mostly
from tests.spoiling import spoil


class LifeInARollingCall(LifeOfAnApplication):
    """The same people, in a call that ends only when its team says so."""

    done = set()
    traits = {"rolling": True}

    def next_step(self):
        if self.subject.status in DECIDED:
            self.tells_the_results("team")
        else:
            super().next_step()

    @property
    def rolling_call(self):
        return Call.objects.get(pk=self.call.pk)

    @rule(who=mostly("team"), days=st.sampled_from([20, 40]))
    def announces_the_closing(self, who, days):
        closes_at = timezone.now() + timedelta(days=days)
        self.attempt(
            "announce",
            who,
            lambda by: self.rolling_call.announce_closing(by=by, closes_at=closes_at),
        )

    @rule()
    def the_call_closes(self):
        """Once its closing was announced, and its day has come."""
        if self.rolling_call.closes_at:
            end(self.rolling_call)

    @rule()
    def nobody_touches_the_draft(self):
        spoil(
            "UPDATE calls_application SET started_at = started_at - interval '200 days',"
            " first_edited_at = first_edited_at - interval '200 days',"
            " edited_at = edited_at - interval '200 days' WHERE status = 'draft'"
        )

    @rule(who=mostly("author"))
    def wakes_the_draft(self, who):
        self.attempt("wake", who, lambda by: self.subject.wake(by=by))

    @rule()
    def the_draft_falls_asleep(self):
        self.attempt("sleep", "team", lambda _by: self.subject.fall_dormant())

    @rule(who=mostly("team"))
    def tells_the_results(self, who):
        self.attempt("release", who, lambda by: release(self.rolling_call, by=by, round=self.round))


@pytest.mark.django_db
def test_verbs_in_any_order_break_no_rule_of_a_rolling_call():
    run_state_machine_as_test(
        LifeInARollingCall,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert LifeInARollingCall.done >= REACHED | {"release"}
