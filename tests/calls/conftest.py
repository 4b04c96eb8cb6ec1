import pytest

from accounts.models import AllowedDomain
from calls.models.answer import Entry
from tests.calls.deposits import LATTER
from tests.factories import ApplicationFactory, UserFactory


@pytest.fixture
def staff(client):
    """Somebody of the team, signed in."""
    staff = UserFactory(staff=True)
    client.force_login(staff)
    return staff


@pytest.fixture
def deposited():
    application = ApplicationFactory()
    application.deposit(by=application.author)
    return application


@pytest.fixture
def amended(deposited):
    """Deposited, opened again, its title and its first answer rewritten and saved."""
    deposited.amend(by=deposited.author)
    entries = [Entry("title", "Alerte partagée", 0), Entry("q1", LATTER, 1)]
    assert deposited.write(by=deposited.author, entries=entries) == []
    return deposited


@pytest.fixture
def administrations():
    """Who signs in with an address of the State may be invited."""
    AllowedDomain.objects.get_or_create(domain="gouv.fr")
