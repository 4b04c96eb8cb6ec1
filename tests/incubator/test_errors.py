"""RELIABILITY A-53: pages that open with the database down, in French, that reveal nothing."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import include, path

from base.lifecycle import Refused
from tests.factories import UserFactory


FAULTS = {
    400: SuspiciousOperation("secret-interne"),
    403: PermissionDenied("secret-interne"),
    404: Http404("secret-interne"),
    409: Refused("Le vote vient de se clore."),
    413: RequestDataTooBig("secret-interne"),
    500: ZeroDivisionError("secret-interne"),
    503: OperationalError("secret-interne"),
}


@login_not_required
def fail(request, code):
    raise FAULTS[code]


urlpatterns = [path("panne/<int:code>/", fail), path("", include("incubator.urls"))]
handler400 = "incubator.views.errors.bad_request"
handler403 = "incubator.views.errors.forbidden"
handler404 = "incubator.views.errors.not_found"
handler500 = "incubator.views.errors.server_error"


@pytest.fixture(autouse=True)
def faulty(settings, client):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_has_its_page(client, code):
    response = client.get(f"/panne/{code}/")
    page = response.content.decode()

    assert response.status_code == code
    assert page.count("<h1") == 1 and '<html lang="fr"' in page
    assert "secret-interne" not in page
    assert "Traceback" not in page


@pytest.mark.parametrize("code", set(FAULTS) - {409})
def test_each_fault_gives_a_reference_to_quote(client, code):
    response = client.get(f"/panne/{code}/", headers={"x-request-id": "reference-1234"})

    assert "reference-1234" in response.content.decode()
    assert response["X-Request-Id"] == "reference-1234"


@pytest.mark.parametrize("code", set(FAULTS) - {409})
def test_a_fault_is_told_without_the_database(client, code, django_assert_num_queries):
    client.force_login(UserFactory())
    client.get("/cookies/")

    with django_assert_num_queries(2):  # the session and the person, that the login asks for
        client.get(f"/panne/{code}/")
    client.logout()
    with django_assert_num_queries(0):
        client.get(f"/panne/{code}/")


def test_what_is_momentary_says_when_to_come_back(client):
    assert int(client.get("/panne/503/")["Retry-After"]) > 0
    assert "Retry-After" not in client.get("/panne/500/")


def test_a_refused_verb_says_its_sentence_and_the_way_back(client):
    page = client.get("/panne/409/").content.decode()

    assert "Le vote vient de se clore." in page
    assert "Revenir à la page" in page


def test_a_form_that_waited_too_long_is_told_apart():
    response = Client(enforce_csrf_checks=True).post("/comptes/login/", {"login": "x"})

    assert response.status_code == 403
    assert "Votre page a expiré" in response.content.decode()


def test_the_policies_hold_on_an_error_too(client):
    for code in FAULTS:
        response = client.get(f"/panne/{code}/")
        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_method_has_its_page(client):
    response = client.generic("TRACE", "/cookies/")

    assert response.status_code == 405
    assert "Cette adresse ne fonctionne pas ainsi" in response.content.decode()
