"""Every URL × every role × one's own and others' objects, against the table of rights."""

import pytest
from django.test import Client

from tests.nets.pages import forms_of
from tests.nets.rights import RIGHTS
from tests.nets.table import ROLES
from tests.nets.walk import anonymised, outcome
from tests.sources import urls


REFUSALS = {"login", "403", "404", "405", "409", "422"}


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
def test_each_role_reads_what_the_table_says_and_reading_writes_nothing(row, world, walkers):
    path = world.path_of(row)
    faults = {}
    for role in ROLES:
        response, tables, _queries = walkers[role].ask("get", path)
        got = (outcome(response), tables - {row.marks})
        if got != (row.get(role), set()):
            faults[role] = f"{got} instead of {row.get(role)}"

    assert faults == {}


def whole_form_of(row, path, walkers, elsewhere=None):
    """What someone who may act would send: the form of the page, or the button of another."""
    for role in sorted(row.acts & row.reads):
        page = walkers[role].ask("get", path)[0]
        own = [f for f in forms_of(page.content, path) if (f.method, f.action) == ("post", path)]
        if own:
            return own[0].filled()
    for role in sorted(row.acts) if elsewhere else []:
        if (role, path) in elsewhere:
            return elsewhere[role, path].filled()
    return {"csrfmiddlewaretoken": "x"}


@pytest.fixture(scope="module")
def buttons(world, walkers):
    """The forms by which each role reaches what is done from another page: (role, path) → form."""
    wanted = {world.path_of(row) for row in RIGHTS if row.only_acts}
    found = {}
    for row in RIGHTS:
        path = world.path_of(row)
        for role in row.reads - {"anonymous"} if row.kind != "file" else []:
            content = walkers[role].ask("get", path)[0].content
            if any(f'action="{target}'.encode() in content for target in wanted):
                forms = forms_of(content, path)
                found |= {(role, form.action): form for form in forms if form.action in wanted}
    return found


@rows(lambda row: row.only_acts)
def test_what_is_done_has_its_button_somewhere(row, world, buttons):
    path = world.path_of(row)

    assert {role for role in row.acts if (role, path) in buttons} == row.acts


@rows()
def test_whoever_may_not_act_is_refused_and_writes_nothing(row, world, walkers, buttons):
    path = world.path_of(row)
    sent = whole_form_of(row, path, walkers, buttons)
    faults = {}
    for role in ROLES:
        response, tables, _queries = walkers[role].ask("post", path, sent)
        status = outcome(response)
        if role in row.acts:
            fine = status in {"200", "302", "409", "422"} or "anonymous" in row.acts
        else:
            fine = status in REFUSALS and not tables - {row.marks}
        if not fine:
            faults[role] = f"{status}, written: {tables}"

    assert faults == {}


@rows(lambda row: row.acts and not row.name.startswith(("account_", "mfa_", "set_language")))
def test_whoever_may_act_does(row, world, walkers):
    """Otherwise the refusals above would prove nothing: the same form works for someone."""
    path = world.path_of(row)
    sent = whole_form_of(row, path, walkers)
    answers = {role: walkers[role].ask("post", path, sent) for role in sorted(row.acts)}
    done = [role for role, (_response, tables, _queries) in answers.items() if tables]

    assert done != [] or row.needs_more, f"{sent}: {answers[min(row.acts)][0].status_code}"


@rows(lambda row: row.of)
def test_what_one_may_not_see_looks_like_what_does_not_exist(row, world, walkers):
    """RELIABILITY A-32: a stranger's 404 has the body of a missing object."""
    path, missing = world.path_of(row), world.missing_path_of(row)
    for role in ROLES:
        if row.get(role) == "404":
            hidden = walkers[role].ask("get", path)[0]
            absent = walkers[role].ask("get", missing)[0]
            assert anonymised(hidden, path) == anonymised(absent, missing), role


@rows()
def test_a_change_without_its_token_is_refused(row, world, walkers):
    """RELIABILITY A-42."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = walkers["superuser"].client.cookies

    assert client.post(world.path_of(row)).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_no_other_method_is_known_anywhere(method, world, walkers):
    """RELIABILITY A-42."""
    answers = {
        row.id: walkers["superuser"].ask("generic", world.path_of(row), method=method)[0]
        for row in RIGHTS
    }

    assert {row for row, answer in answers.items() if answer.status_code != 405} == set()
