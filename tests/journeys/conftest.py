from datetime import date

import pytest
from django.core.management import call_command

from incubator.demo import clock
from notifications.tasks import sweep_outbox
from tests.browser.conftest import (  # noqa: F401  - the same Chromium
    browser_context_args,
    browser_type_launch_args,
    sign_in,
)
from tests.journeys.cast import gather


@pytest.fixture(autouse=True)
def house_in_order(database):
    """After every journey no rule is broken, nothing waits to leave, the journal is whole."""
    yield
    sweep_outbox()
    for command in ["check_invariants", "verify_journal"]:
        try:
            call_command(command)
        except SystemExit:  # would keep the database from being rolled back
            pytest.fail(f"{command} says what is broken")


@pytest.fixture
def moving_clock(database, house_in_order):
    """Both clocks move by `clock.at`, and what is stamped at an insertion with them."""
    with clock.moving():
        yield


@pytest.fixture
def cast(moving_clock):
    with clock.at(date(2025, 1, 2)):
        return gather()
