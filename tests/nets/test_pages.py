"""Every URL × every role × one's own and others' objects: what one gets by reading."""

import re

import pytest

from tests.nets.markup import faults_of
from tests.nets.rights import RIGHTS
from tests.nets.table import ROLES
from tests.nets.walk import anonymised, outcome
from tests.sources import urls


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}

JOINED = {"calls:attachment", "committees:enclosure"}  # what others brought: no page of ours


def rows(wanted=lambda row: True):
    return pytest.mark.parametrize("row", [r for r in RIGHTS if wanted(r)], ids=lambda r: r.id)


def test_every_url_has_its_rights():
    named = {row.name for row in RIGHTS}
    known = {name for name, _path, _view in urls() if not name.startswith("admin:")}

    assert {"without rights": known - named, "gone": named - known} == {
        "without rights": set(),
        "gone": set(),
    }


@rows()
def test_each_role_reads_what_the_table_says_and_reading_writes_nothing(row, visits):
    """RELIABILITY A-33."""
    faults = {}
    for role in ROLES:
        response, tables, _queries = visits.get(row, role)
        got = (outcome(response), tables - {row.marks})
        if got != (row.get(role), set()):
            faults[role] = f"{got} instead of {row.get(role)}"

    assert faults == {}


@pytest.fixture(scope="module")
def nothing(world, walkers):
    """What each role is told of an address where there is nothing."""
    path = "/nulle-part/"
    return {role: anonymised(w.ask("get", path)[0], path) for role, w in walkers.items()}


@rows(lambda row: row.of)
def test_what_one_may_not_see_looks_like_what_does_not_exist(row, world, walkers, visits, nothing):
    """RELIABILITY A-32: a stranger's 404 has the body of a missing object, and of any other."""
    path, missing = world.path_of(row), world.missing_path_of(row)
    hidden = [role for role in ROLES if row.get(role) == "404"]
    for role in hidden:
        assert anonymised(visits.get(row, role)[0], path) == nothing[role], role
    for role in hidden[:1] + hidden[1:][-1:]:  # they are told of it by the same lines
        assert anonymised(walkers[role].ask("get", missing)[0], missing) == nothing[role], role


@rows()
def test_every_answer_carries_its_safe_headers(row, visits):
    """RELIABILITY A-41, A-49: no cache keeps what was shown to someone."""
    for role in ROLES:
        response = visits.get(row, role)[0]
        assert {name: response.get(name) for name in HEADERS} == HEADERS, role
        joined = row.name in JOINED and response.status_code == 200
        expected = {"default-src 'none'", "sandbox"} if joined else POLICY
        assert set(response["Content-Security-Policy"].split("; ")) == expected, role
        if role != "anonymous" and row.name != "account_confirm_email":  # which signs one out
            assert "no-store" in response["Cache-Control"], role


@rows()
def test_every_page_is_valid_html_its_form_in_error_included(row, visits):
    faults = {
        f"{role} {response.status_code}": found
        for pages in [visits.of(row), visits.of_faults(row)]
        for role, response in pages
        if (found := list(faults_of(response.content.decode())))
    }

    assert faults == {}


@rows()
def test_no_page_names_another_host(row, visits):
    """RELIABILITY A-41: nothing is fetched from elsewhere, whatever is linked to."""
    fetched = r"""<(?:script|img|link|iframe|source|form)[^>]*(?:src|href|action)="(?:https?:)?//"""
    for role in row.reads:
        assert re.findall(fetched, visits.get(row, role)[0].content.decode(errors="replace")) == []


def test_faults_of_markup_are_found():
    page = """<!doctype html><html><head><title> </title></head><body><h1>a</h1><h3>f</h3>
    <p><div id="x"></div></p><label for="y">b</label><span id="x"></span>
    <a href="/"><button>c</button></a><ul><p>e</p></ul><img src="d">"""

    found = [fault.split(" at line")[0] for fault in faults_of(page)]

    assert found == [
        "unexpected-end-tag {'name': 'p'}",
        "id 'x' 2 times",
        "<label for='y'> leads nowhere",
        "titles: [' ']",
        "<html> has no lang",
        "0 main",
        "<h3> after <h1>",
        "<button> in <a>",
        "<p> in <ul>",
        "<img src='d'> has no alt",
    ]
