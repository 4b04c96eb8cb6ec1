"""RELIABILITY A-47: strict for an account, wide for an address that a whole ministry shares."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from notifications.models import Message
from tests.accounts.conftest import someone
from tests.accounts.test_login import is_in, log_in


pytestmark = pytest.mark.usefixtures("domain")


def test_the_sixth_wrong_password_of_an_account_is_not_even_read(client, person):
    for _ in range(5):
        log_in(client, person.email, "pas-le-bon-mot-de-passe")

    response = log_in(client, person.email)

    assertContains(response, "Trop d’essais", status_code=422)
    assert not is_in(client)


def test_changing_the_address_one_claims_to_come_from_changes_nothing(client, person):
    for n in range(5):
        log_in(client, person.email, "mauvais", headers={"x-forwarded-for": f"10.0.0.{n}"})

    response = log_in(client, person.email, headers={"x-forwarded-for": "10.0.0.99"})

    assertContains(response, "Trop d’essais", status_code=422)


def test_another_account_of_the_same_office_still_gets_in(client, person):
    colleague = someone("collegue@example.gouv.fr")
    for _ in range(6):
        log_in(client, person.email, "pas-le-bon-mot-de-passe")

    log_in(client, colleague.email)

    assert is_in(client)


def test_two_hundred_people_of_one_address_get_in_within_a_minute(client):
    people = [someone(f"agent{n}@ministere.gouv.fr") for n in range(200)]

    entered = 0
    for user in people:
        client.cookies.clear()
        log_in(client, user.email)
        entered += is_in(client)

    assert entered == 200


def test_beyond_the_wide_limit_a_page_says_to_wait(client, person, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    for _ in range(2):
        log_in(client, person.email, "pas-le-bon-mot-de-passe")

    response = log_in(client, person.email)

    assertContains(response, "Trop d’essais", status_code=429)
    assert int(response["Retry-After"]) > 0


def test_codes_are_limited_for_an_account(client, person):
    statuses = []
    for _ in range(4):
        client.cookies.clear()
        response = client.post(reverse("account_request_login_code"), {"email": person.email})
        statuses.append(response.status_code)

    assert statuses == [302, 302, 302, 422]


def test_links_are_limited_for_an_account(client, person):
    for _ in range(5):
        client.post(reverse("account_reset_password"), {"email": person.email})

    response = client.post(reverse("account_reset_password"), {"email": person.email})

    assert response.status_code == 429
    assert Message.objects.count() == 5
