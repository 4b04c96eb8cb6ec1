"""Every URL × every role × one's own and others' objects, against the table of rights."""

import pytest
from django.test import Client

from tests.nets.rights import RIGHTS
from tests.nets.table import ROLES
from tests.nets.walk import anonymised, outcome
from tests.sources import urls


REFUSALS = {"login", "403", "404", "405"}


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


@rows()
def test_whoever_may_not_act_is_refused_and_writes_nothing(row, world, walkers):
    path = world.path_of(row)
    faults = {}
    for role in ROLES:
        response, tables, _queries = walkers[role].ask("post", path)
        status = outcome(response)
        if role in row.acts:
            fine = status not in REFUSALS or (status == "login" and "anonymous" in row.acts)
        else:
            fine = status in REFUSALS | {"409"} and not tables - {row.marks}
        if not fine:
            faults[role] = f"{status}, written: {tables}"

    assert faults == {}


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
