import pytest

from tests.factories import CallFactory, UserFactory


@pytest.fixture
def call():
    return CallFactory(closed=True)


@pytest.fixture
def first():
    """Who prepares."""
    return UserFactory(staff=True)


@pytest.fixture
def second():
    """Who sends."""
    return UserFactory(staff=True)
