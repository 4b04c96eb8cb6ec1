"""Every URL × every role: what one does, or is refused."""

import pytest
from django.test import Client

from tests.nets.pages import forms_of
from tests.nets.rights import RIGHTS
from tests.nets.table import ROLES
from tests.nets.walk import outcome


SIGNING_IN = ("account_", "mfa_", "set_language")
REFUSALS = {"login", "401", "403", "404", "405", "409", "422"}


def rows(wanted=lambda row: True):
    return pytest.mark.parametrize("row", [r for r in RIGHTS if wanted(r)], ids=lambda r: r.id)


@pytest.fixture(scope="module")
def buttons(visits):
    """The forms by which each role reaches what is done from another page: (role, path) → form."""
    wanted = {visits.world.path_of(row) for row in RIGHTS if row.only_acts}
    found = {}
    for row in RIGHTS:
        for role in row.reads - {"anonymous"} if row.kind != "file" else []:
            content = visits.get(row, role)[0].content
            if any(f'action="{target}'.encode() in content for target in wanted):
                forms = forms_of(content, visits.world.path_of(row))
                found |= {(role, form.action): form for form in forms if form.action in wanted}
    return found


def whole_form_of(row, visits, buttons):
    """What someone who may act would send: the form of the page, or the button of another."""
    path = visits.world.path_of(row)
    if found := visits.form_of(row):
        return found[1].filled()
    for role in sorted(row.acts):
        if (role, path) in buttons:
            return buttons[role, path].filled()
    return {"csrfmiddlewaretoken": "x"}


@rows()
def test_whoever_may_not_act_is_refused_and_writes_nothing(row, visits, buttons):
    sent = whole_form_of(row, visits, buttons)
    faults = {}
    for role in ROLES:
        response, tables, _queries = visits.send(row, role, sent)
        status = outcome(response)
        if role in row.acts:
            fine = status in {"200", "302", "409", "422"} or "anonymous" in row.acts
        else:
            fine = status in REFUSALS and not tables - {row.marks}
        if not fine:
            faults[role] = f"{status}, written: {tables}"

    assert faults == {}


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
