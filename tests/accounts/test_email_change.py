import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from notifications.models import Message
from tests.accounts.conftest import PASSWORD, someone
from tests.accounts.test_login import log_in


pytestmark = pytest.mark.usefixtures("domain")


@pytest.fixture
def signed_in(client, person):
    log_in(client, person.email)
    return person


def ask(client, email):
    """Ask for another address, proving on the way that it is oneself."""
    response = client.post(reverse("account_email"), {"email": email, "action_add": ""})
    if "reauthenticate" in response.get("Location", ""):
        response = client.post(response["Location"], {"password": PASSWORD})
    return response


def test_a_new_address_counts_once_it_is_proven(client, signed_in):
    ask(client, "lea.durand@example.gouv.fr")
    signed_in.refresh_from_db()
    assert signed_in.email == "lea.martin@example.gouv.fr"
    link = re.search(r"http://testserver(\S+)", Message.objects.get().body)[1]

    client.post(link)

    signed_in.refresh_from_db()
    assert signed_in.email == "lea.durand@example.gouv.fr"
    told = Message.objects.get(notice="accounts/email_changed")
    assert "n’est plus lea.martin@example.gouv.fr" in told.body


def test_the_wrong_password_does_not_prove_that_it_is_oneself(client, signed_in):
    response = client.post(reverse("account_reauthenticate"), {"password": "faux"})

    assertContains(response, "Ce n’est pas votre mot de passe.", status_code=422)


def test_an_address_outside_of_the_administrations_is_refused(client, signed_in):
    response = ask(client, "lea@mail.example")

    assertContains(response, "n’est pas celle d’une administration", status_code=422)


def test_the_address_of_another_account_is_neither_taken_nor_revealed(client, signed_in):
    other = someone("autre@example.gouv.fr")

    taken = ask(client, other.email)
    free = ask(client, "libre@example.gouv.fr")

    assert taken.status_code == free.status_code == 302
    assert taken["Location"] == free["Location"]
    other.refresh_from_db()
    assert other.email == "autre@example.gouv.fr"


def test_a_password_is_changed_by_who_knows_it(client, signed_in):
    new = "un-tout-autre-mot-de-passe"
    answers = {"oldpassword": "faux", "password1": new, "password2": new}

    refused = client.post(reverse("account_change_password"), answers)
    done = client.post(reverse("account_change_password"), answers | {"oldpassword": PASSWORD})

    assertContains(refused, "Ce n’est pas votre mot de passe actuel.", status_code=422)
    assert done.status_code == 302
    signed_in.refresh_from_db()
    assert signed_in.check_password(new)
    assert Message.objects.get().subject == "Votre mot de passe a changé"


@pytest.mark.parametrize(
    "page", ["mfa_index", "account_email", "account_change_password", "mfa_activate_totp"]
)
def test_the_pages_of_the_account_open(client, signed_in, page):
    response = client.get(reverse(page), follow=True)

    assertContains(response, "<h1")
