import pytest
from django.db import connection, transaction
from django.test import override_settings

from incubator import heartbeat
from tests.browser.conftest import browser_type_launch_args  # noqa: F401
from tests.nets.visits import Visits
from tests.nets.walk import Walker
from tests.nets.world import build


@pytest.fixture(autouse=True)
def living_house():
    """Beat spoke a moment ago, however long the tests of a module last."""
    heartbeat.beat()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all tests of a module: each test works in a savepoint above it.

    Who signed in stays trusted as long as the module lasts, however slow the machine.
    """
    an_hour = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=3600)
    with an_hour, django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        connection.close()  # the browser's loop has a connection of its own, which nobody closes


@pytest.fixture(scope="module")
def walkers(world):
    return {role: Walker(person) for role, person in world.people.items()}


@pytest.fixture(scope="module")
def visits(world, walkers):
    return Visits(world, walkers)
