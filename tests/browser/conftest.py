import pytest
from django.conf import settings
from django.test import Client

from devtools import chromium


@pytest.fixture(scope="session")
def browser_type_launch_args():
    assert chromium.path(), chromium.MISSING
    return {"executable_path": chromium.path(), "args": chromium.FLAGS}


@pytest.fixture
def browser_context_args(live_server):
    """A French desk, 1280 pixels wide, at the live portal's address."""
    return {
        "base_url": live_server.url,
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def sign_in(live_server):
    """`sign_in(page, user)`: the session of this person in the page's browser."""

    def sign_in(page, user):
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return sign_in
