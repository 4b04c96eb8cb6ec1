import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from notifications.models import Message
from tests.accounts.conftest import PASSWORD, someone
from tests.factories import UserFactory


pytestmark = pytest.mark.usefixtures("domain")


def log_in(client, email, password=PASSWORD, **extra):
    answers = {"login": email, "password": password}
    return client.post(reverse("account_login"), answers, **extra)


def is_in(client):
    return "_auth_user_id" in client.session


def text_of(response):
    """A page without what differs from one request to the next."""
    page = response.content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value=|donnez cette référence).*', "", page)


def test_one_logs_in_with_an_address_in_any_case(client, person):
    assertRedirects(
        log_in(client, "Lea.Martin@EXAMPLE.gouv.fr"), reverse("desk"), fetch_redirect_response=False
    )


def test_one_comes_back_to_the_page_one_asked_for(client, person):
    wanted = reverse("accounts:profile")
    response = client.get(wanted, follow=True)
    assertContains(response, "Se connecter")

    response = client.post(
        response.redirect_chain[-1][0], {"login": person.email, "password": PASSWORD}
    )

    assertRedirects(response, wanted)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "https:/evil.example",
        "data:text/html,x",
        "\t//evil.example",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "/%0d%0aLocation:https://evil.example",
        "ftp://testserver/",
        "//testserver:80@evil.example",
    ],
)
def test_nobody_is_sent_elsewhere_after_login(client, person, target):
    answers = {"login": person.email, "password": PASSWORD, "next": target}
    response = client.post(reverse("account_login"), answers)

    assert response.status_code == 302
    location = response["Location"]
    assert location.startswith("/") and not location.startswith(("//", "/\\"))
    assert "\n" not in location and "\r" not in location


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person):
    wrong = log_in(client, person.email, "pas-le-bon-mot-de-passe")
    unknown = log_in(client, "x" * 10 + "@example.gouv.fr", "pas-le-bon-mot-de-passe")

    assert wrong.status_code == unknown.status_code == 422
    assert "L’adresse électronique ou le mot de passe n’est pas bon." in wrong.content.decode()
    assert text_of(wrong).replace(person.email, "@") == text_of(unknown).replace(
        "x" * 10 + "@example.gouv.fr", "@"
    )


@pytest.mark.parametrize("page", ["account_reset_password", "account_request_login_code"])
def test_asking_for_a_link_or_a_code_never_says_whether_an_account_exists(client, person, page):
    known = client.post(reverse(page), {"email": person.email}, follow=True)
    client.cookies.clear()
    unknown = client.post(reverse(page), {"email": "personne.du@example.gouv.fr"}, follow=True)

    assert known.status_code == unknown.status_code == 200
    assert known.redirect_chain == unknown.redirect_chain
    assert text_of(known).replace(person.email, "@") == text_of(unknown).replace(
        "personne.du@example.gouv.fr", "@"
    )
    assert Message.objects.filter(address=person.email).count() == 1
    told = Message.objects.get(address="personne.du@example.gouv.fr")
    assert told.subject == "Aucun compte à cette adresse sur La Fabrique"


def test_nothing_is_sent_to_an_address_outside_of_the_administrations(client):
    client.post(reverse("account_request_login_code"), {"email": "victime@mail.example"})

    assert not Message.objects.exists()


def test_one_logs_in_with_the_code_received(client, person):
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"^([A-Z0-9]{3,}[A-Z0-9-]*)$", Message.objects.get().body, re.M)[1]

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assertRedirects(response, reverse("desk"), fetch_redirect_response=False)


def test_a_wrong_code_lets_nobody_in(client, person):
    client.post(reverse("account_request_login_code"), {"email": person.email})

    response = client.post(reverse("account_confirm_login_code"), {"code": "AAAAAA"})

    assertContains(response, "Ce code n’est pas bon", status_code=422)
    assert not is_in(client)


def test_a_forgotten_password_is_replaced_through_the_link(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", Message.objects.get().body)[1]
    page = client.get(link, follow=True)
    new = "encore-un-mot-de-passe"

    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    client.logout()

    assertRedirects(
        log_in(client, person.email, new), reverse("desk"), fetch_redirect_response=False
    )
    assertContains(client.get(link, follow=True), "Ce lien n’est plus valable")


def test_an_address_that_is_not_proven_is_asked_to_be(client):
    user = UserFactory(email="nouveau@example.gouv.fr")
    user.set_password(PASSWORD)
    user.save()

    response = log_in(client, user.email)

    assertRedirects(response, reverse("account_email_verification_sent"))
    assert not is_in(client)
    assert Message.objects.get().subject == "Confirmez votre adresse pour La Fabrique"


def test_a_closed_account_does_not_open(client):
    user = someone("parti@example.gouv.fr", is_active=False)

    log_in(client, user.email)

    assert not is_in(client)


def test_the_session_changes_at_login_and_dies_at_logout(client, person):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    log_in(client, person.email)
    after = client.session.session_key
    client.post(reverse("account_logout"))

    assert before != after
    assert not is_in(client)


def test_logging_out_asks_first_on_get(client, person):
    client.force_login(person)

    response = client.get(reverse("account_logout"))

    assertContains(response, "Voulez-vous vous déconnecter")
    assert is_in(client)


def test_a_second_factor_is_asked_for(client, person):
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )

    response = log_in(client, person.email)

    assertRedirects(response, reverse("mfa_authenticate"))
    assert not is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 422


def test_the_administration_is_entered_through_the_same_door(client, person):
    response = client.get("/admin/login/")

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_an_agent_without_rights_is_refused_the_administration(client, person):
    client.force_login(person)

    assert client.get("/admin/login/").status_code == 403
