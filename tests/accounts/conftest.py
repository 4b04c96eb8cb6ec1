import pytest
from allauth.account.models import EmailAddress

from accounts.models import AllowedDomain
from tests.factories import UserFactory


PASSWORD = "un-mot-de-passe-solide"


@pytest.fixture(autouse=True)
def quick_hash(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def domain():
    return AllowedDomain.objects.create(domain="gouv.fr")


@pytest.fixture
def person(domain):
    """Someone whose address is proven and whose password is PASSWORD."""
    return someone("lea.martin@example.gouv.fr")


def someone(email, **fields):
    user = UserFactory(email=email, **fields)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
