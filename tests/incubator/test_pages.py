from datetime import datetime, timedelta

import html5lib
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import UserFactory


OWED = ["accessibility", "legal-notice", "personal-data", "cookies", "site-map"]


@pytest.mark.parametrize("name", OWED)
def test_a_page_that_is_owed_has_one_title_and_says_where_one_is(client, name):
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert 'aria-current="page"' in page


@pytest.mark.parametrize("name", OWED)
def test_a_page_that_is_owed_is_linked_from_every_page(client, name):
    assert f'href="{reverse(name)}"' in client.get("/").content.decode()


def test_the_accessibility_statement_says_its_state_as_the_footer_does(client):
    page = client.get(reverse("accessibility")).content.decode()

    assert "La Fabrique est partiellement conforme" in page
    assert "Accessibilité\u00a0: partiellement conforme" in page
    assert "Défenseur des droits" in page


def test_the_publisher_comes_from_the_settings(client, settings):
    settings.PUBLISHER = settings.PUBLISHER | {"name": "Ministère de l’Essai", "host": "Chez nous"}

    page = client.get(reverse("legal-notice")).content.decode()

    assert "Ministère de l’Essai" in page and "Chez nous" in page


def test_the_cookies_named_are_those_that_are_set(client, settings):
    page = client.get(reverse("cookies")).content.decode()

    for name in [
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
    ]:
        assert f">{name}<" in page


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_link_of_the_site_map_opens(client, signed_in):
    if signed_in:
        client.force_login(UserFactory())
    root = html5lib.parse(client.get(reverse("site-map")).content, namespaceHTMLElements=False)
    links = [a.get("href") for a in next(root.iter("main")).iter("a")]

    assert len(links) > 8
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_security_txt_says_whom_to_write_to_and_does_not_expire(client, settings):
    response = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == f"mailto:{settings.PUBLISHER['security_email']}"
    left = datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=366)


def test_robots_are_kept_out_of_what_is_not_public(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /admin/" in lines and "Disallow: /" not in lines


def test_the_icon_is_found_where_browsers_look_for_it(client):
    assert client.get("/favicon.ico")["Location"].endswith("favicon.ico")
