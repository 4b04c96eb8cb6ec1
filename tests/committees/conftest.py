import pytest

from tests.factories import DeliberationFactory, RoundFactory, SeatFactory


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def dossiers(round):
    return DeliberationFactory.create_batch(2, round=round)


@pytest.fixture
def member(round, client):
    """Somebody who sits in the round's committee, signed in."""
    member = SeatFactory(committee=round.committee).user
    client.force_login(member)
    return member
