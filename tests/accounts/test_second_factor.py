import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from notifications.models import Message
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_login import is_in, log_in


pytestmark = pytest.mark.usefixtures("domain")


@pytest.fixture(autouse=True)
def one_instant():
    """A code is worth thirty seconds: the clock stands still, however slow the machine."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def proven(client, person):
    """Signed in, and has just given the password again."""
    log_in(client, person.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return person


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def protected(client, proven):
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def test_an_application_is_activated_with_its_first_code(
    client, proven, django_capture_on_commit_callbacks
):
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assertContains(page, secret)
    assertContains(page, 'src="data:image/svg+xml')

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assertRedirects(response, reverse("mfa_view_recovery_codes"))
    types = set(Authenticator.objects.values_list("type", flat=True))
    assert types == {"totp", "recovery_codes"}
    subjects = set(Message.objects.values_list("subject", flat=True))
    assert "Un second facteur protège votre compte" in subjects


def test_a_wrong_first_code_activates_nothing(client, proven):
    client.get(reverse("mfa_activate_totp"))

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert response.status_code == 422
    assert not Authenticator.objects.exists()


def test_from_then_on_the_password_is_not_enough(client, protected, person):
    client.post(reverse("account_logout"))

    assertRedirects(log_in(client, person.email), reverse("mfa_authenticate"))
    assert not is_in(client)


def test_a_recovery_code_opens_once(client, protected, person):
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\w+)</code>", page)
    assert len(codes) == 10

    client.post(reverse("account_logout"))
    log_in(client, person.email)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_in(client)

    client.post(reverse("account_logout"))
    log_in(client, person.email)
    again = client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert again.status_code == 422
    assert not is_in(client)


def test_a_factor_is_given_up(client, protected):
    assertContains(client.get(reverse("mfa_deactivate_totp")), "<h1")

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize(
    "page",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
    ],
)
def test_each_page_of_the_second_factor_is_dressed(client, protected, page):
    response = client.get(reverse(page), follow=True)

    markup = response.content.decode()
    assert response.status_code == 200
    assert markup.count("<h1") == 1 and 'class="fr-header"' in markup
    assert "style=" not in markup and "onclick" not in markup
