from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

from incubator import heartbeat
from tests.browser.conftest import browser_type_launch_args  # noqa: F401
from tests.nets.visits import Visits
from tests.nets.walk import Walker, undone
from tests.nets.world import build


NETS = Path(__file__).parent


TOGETHER = {"test_pages", "test_browser", "test_acts"}  # ask for the same pages as they are


def pytest_collection_modifyitems(items):
    """Bring the nets together, wherever chance put them: they share one world, and its pages.

    Those who ask for the same pages come first and the others in the middle, where a second
    process begins.
    """
    nets = [item for item in items if item.path.parent == NETS]
    others = [item for item in items if item.path.parent != NETS]
    asking = [item for item in nets if item.path.stem in TOGETHER]
    apart = [item for item in nets if item.path.stem not in TOGETHER]
    middle = max(0, len(items) // 2 - len(asking))
    items[:] = [*asking, *others[:middle], *apart, *others[middle:]]


@pytest.fixture(autouse=True)
def living_house():
    """Beat spoke a moment ago, however long the tests of a module last."""
    heartbeat.beat()


@pytest.fixture(scope="package")
def world(browser, django_db_setup, django_db_blocker):
    """One world for all the nets: each test works in a savepoint above it.

    Built once the browser runs, whose loop has a connection of its own: one holds the world. Who
    signed in stays trusted as long as the nets last, however slow the machine.
    """
    an_hour = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=3600)
    with an_hour, django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        connection.close()  # nobody else closes the one of the loop


@pytest.fixture(scope="package")
def walkers(world):
    return {role: Walker(person) for role, person in world.people.items()}


@pytest.fixture(scope="package")
def answers():
    """What was asked already, by whichever net."""
    return {}


@pytest.fixture(scope="module")
def visits(world, walkers, answers):
    return Visits(world, walkers, answers)


@pytest.fixture(scope="module")
def apart(world, django_db_blocker):
    """A savepoint for a module that spoils the world, which the next one finds whole."""
    with django_db_blocker.unblock(), undone():
        yield
