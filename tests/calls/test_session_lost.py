"""RELIABILITY A-02 without JavaScript: a session that ended while one typed loses nothing."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from calls.models import Application
from tests.factories import ApplicationFactory
from tests.nets.pages import forms_of


TEXT = "Où vit l’agent ?\nÀ l’œuvre, « sans relâche » & <b>sans</b> balise.  "
ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture
def application():
    return ApplicationFactory()


@pytest.fixture
def tab(application):
    tab = Client(enforce_csrf_checks=True)
    tab.force_login(application.author)
    return tab


@pytest.fixture
def address(application):
    return reverse("calls:writing", args=[application.pk])


def form_in(response, path):
    return next(form for form in forms_of(response.content, path) if form.action == path)


def sent(response, path, **typed):
    return form_in(response, path).filled() | typed


def test_what_was_typed_comes_back_through_the_login(tab, application, address):
    typed = sent(tab.get(address), address, q1=TEXT, irritant="")
    del tab.cookies["sessionid"]

    expired = tab.post(address, typed, headers=ORIGIN)
    kept = sent(expired, address)
    tab.force_login(application.author)
    tab.cookies["csrftoken"] = "x" * 32  # signing in gives another token
    stale = tab.post(address, kept, headers=ORIGIN)
    saved = tab.post(address, sent(stale, address), headers=ORIGIN)

    assertContains(expired, "Votre session a expiré", status_code=401)
    assertContains(expired, "&lt;b&gt;sans&lt;/b&gt;", status_code=401)
    assert expired["Cache-Control"] == "no-store, private"
    assertContains(stale, "Rien n’est perdu", status_code=403)
    assert saved.status_code == 302
    assert Application.objects.get().value_of("q1") == TEXT
    assert TEXT not in str(expired.headers) + str(stale.headers)


def test_nothing_typed_leads_straight_to_the_login(client, address):
    response = client.post(address, {"csrfmiddlewaretoken": "x"})

    assert response["Location"] == f"/comptes/login/?next={address}"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_another_site_sent_is_not_shown_again(tab, address, headers):
    response = tab.post(address, {"q1": TEXT, "version_q1": "1"}, headers=headers)

    assertNotContains(response, "sans relâche", status_code=403)


def test_a_secret_is_never_shown_again(tab):
    secret = {"login": "agent@example.gouv.fr", "password": "un-mot-de-passe-tapé"}

    response = tab.post("/comptes/login/", secret, headers=ORIGIN)

    assertNotContains(response, "agent@example.gouv.fr", status_code=403)
