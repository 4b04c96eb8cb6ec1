import pytest

from tests.factories import RoundFactory, SeatFactory


@pytest.fixture
def round():
    return RoundFactory(reviews_wanted=2)


@pytest.fixture
def chair(round):
    return SeatFactory(committee=round.committee, chair=True)


@pytest.fixture
def team(round):
    return round.created_by
