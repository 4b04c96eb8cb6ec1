import json
import logging

import pytest
from django.test import RequestFactory
from django.urls import reverse

from incubator.logs import Formatter
from tests.factories import UserFactory


def line(**fields):
    record = logging.makeLogRecord({"name": "fabrique", "levelname": "INFO"} | fields)
    return Formatter().format(record)


@pytest.fixture
def lines():
    """What the portal logs, as the machines that read it would see it."""
    kept = []

    class Keep(logging.Handler):
        def emit(self, record):
            kept.append(json.loads(self.format(record)))

    handler, root = Keep(), logging.getLogger()
    handler.setFormatter(Formatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_request_is_one_line_with_its_reference_and_its_account(client, lines):
    user = UserFactory()
    client.force_login(user)

    response = client.get(reverse("desk"), headers={"x-request-id": "abc-12345"})

    (logged,) = [one for one in lines if one["logger"] == "fabrique.access"]
    assert logged.pop("at").endswith("+00:00")
    assert logged.pop("milliseconds") >= 0
    assert logged == {
        "level": "info",
        "logger": "fabrique.access",
        "message": "request",
        "request": "abc-12345",
        "account": user.pk,
        "route": "/mon-espace/",
        "method": "GET",
        "status": response.status_code,
    }


def test_a_line_holds_no_name_no_address_and_no_typed_text(client, lines):
    user = UserFactory(first_name="Zénobie", email="zenobie@fabrique.example")
    client.force_login(user)

    client.get(reverse("desk"), {"q": "secret-words"})
    client.post(reverse("account_login"), {"login": user.email, "password": "secret-words"})
    logging.getLogger("anything").warning("refused for %s", user.email)

    said = json.dumps(lines, ensure_ascii=False)
    assert "refused for (address)" in said
    for private in ["Zénobie", user.email, "secret-words"]:
        assert private not in said


def test_a_path_that_holds_a_token_is_named_by_its_route():
    request = RequestFactory().get("/visa/tok3n/")
    request.resolver_match = type("Match", (), {"route": "visa/<token>/"})

    written = line(msg="%s: %s", args=("Internal Server Error", request.path), request=request)

    assert json.loads(written)["message"] == "Internal Server Error /visa/<token>/"


def test_an_exception_keeps_its_first_line_and_its_places():
    try:
        raise ValueError("no such user someone@fabrique.example\nDETAIL: Key (email)=(secret)")
    except ValueError as error:
        written = line(msg="failed", exc_info=(ValueError, error, error.__traceback__))

    logged = json.loads(written)
    assert logged["exception"] == "ValueError: no such user (address)"
    assert "test_an_exception_keeps" in logged["places"][0]
    assert "secret" not in written


@pytest.mark.parametrize("forged", ["\n", "\r", "\x1b[2K", "\x00", "\x85", "\u2028", "\x7f"])
def test_no_text_can_forge_a_line(forged):
    written = line(msg="from %s", args=(f"before{forged}after",))

    assert written.isascii() and written.isprintable()
    assert json.loads(written)["message"] == f"from before{forged}after"
