import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from notifications.models import Message
from tests.accounts.conftest import PASSWORD
from tests.factories import EntityFactory


pytestmark = pytest.mark.usefixtures("domain")


ANSWERS = {
    "first_name": "Inès",
    "last_name": "Leroy",
    "entity": "",
    "email": "Ines.Leroy@prefecture.gouv.fr",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def sign_up(client, **answers):
    return client.post(reverse("account_signup"), ANSWERS | answers)


def test_an_agent_signs_up_proves_her_address_and_gets_in(client):
    service = EntityFactory(name="Préfecture du Nord", acronym="PREF59")

    response = sign_up(client, entity="pref59")

    assertRedirects(response, reverse("account_email_verification_sent"))
    user = User.objects.get()
    assert (user.email, str(user), user.entity) == (
        "ines.leroy@prefecture.gouv.fr",
        "Inès Leroy",
        service,
    )
    message = Message.objects.get()
    assert message.address == user.email
    assert message.recipient is None

    link = re.search(r"http://testserver(\S+)", message.body)[1]
    assertContains(client.get(link), user.email)
    client.post(link)

    assert EmailAddress.objects.get(user=user).verified
    response = client.post(
        reverse("account_login"), {"login": ANSWERS["email"], "password": PASSWORD}
    )
    assertRedirects(response, reverse("desk"), fetch_redirect_response=False)


def test_the_language_of_the_account_is_that_of_the_page(client):
    client.post(
        reverse("account_signup"), ANSWERS, headers={"accept-language": "en", "host": "testserver"}
    )

    assert User.objects.get().language == "en"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"email": "ines@gmail.example"}, "n’est pas celle d’une administration"),
        ({"email": "ines@notgouv.fr"}, "n’est pas celle d’une administration"),
        ({"email": "ines"}, "adresse"),
        ({"first_name": ""}, "Ce champ est obligatoire."),
        ({"last_name": "\x00"}, "caract"),
        ({"first_name": "x" * 81}, "80"),
        ({"entity": "Zorglub"}, "Aucun service ne porte ce nom."),
        ({"password1": "court", "password2": "court"}, "trop court"),
        ({"password2": "autre-mot-de-passe"}, "mot de passe"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(client, answers, sentence):
    response = sign_up(client, **answers)

    assertContains(response, sentence, status_code=422)
    if "last_name" not in answers:
        assertContains(response, 'value="Leroy"', status_code=422)
    assert not User.objects.exists()


def test_the_sentence_about_the_domain_says_whom_to_write_to(client, settings):
    response = sign_up(client, email="ines@gmail.example")

    assertContains(response, settings.PUBLISHER["email"], status_code=422)


def test_an_address_that_has_an_account_gets_the_same_page_and_a_word_by_mail(client, person):
    response = sign_up(client, email=person.email)

    assertRedirects(response, reverse("account_email_verification_sent"))
    assert User.objects.get() == person
    message = Message.objects.get()
    assert message.subject == "Vous avez déjà un compte sur La Fabrique"


def test_only_what_the_form_asks_is_written(client):
    sign_up(client, is_staff="on", is_superuser="on", is_active="", language="xx", pk="77")

    user = User.objects.get()
    assert not user.is_staff and not user.is_superuser and user.is_active
    assert user.language == "fr"


def test_a_hostile_name_is_text(client):
    response = sign_up(client, first_name="<script>alert(1)</script>", last_name="")

    assertContains(response, "&lt;script&gt;", status_code=422)
    assertNotContains(response, "<script>alert", status_code=422)
