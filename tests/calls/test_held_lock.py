import pytest
from django.db import connection
from django.urls import reverse

from calls.models import Receipt
from tests.factories import ApplicationFactory


@pytest.fixture
def impatient():
    """This connection waits for a lock for 300 ms, as settings make every one wait for 5 s."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


@pytest.mark.usefixtures("impatient")
@pytest.mark.django_db(transaction=True)
def test_a_lock_held_too_long_is_said_politely_and_nothing_is_half_done(client):
    """RELIABILITY A-12."""
    application = ApplicationFactory()
    address = reverse("calls:deposit", args=[application.pk])
    client.force_login(application.author)
    client.raise_request_exception = False
    holder = connection.copy()
    with holder.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM calls_application WHERE id = %s FOR UPDATE", [application.pk])
        refused = client.post(address)
    holder.close()

    assert (refused.status_code, Receipt.objects.count()) == (503, 0)
    assert int(refused["Retry-After"]) > 0
    assert client.post(address).status_code == 302
    assert Receipt.objects.count() == 1
