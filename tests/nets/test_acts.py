"""Every URL × every role: what one does, or is refused."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.nets.pages import forms_of
from tests.nets.rights import RIGHTS
from tests.nets.table import ROLES
from tests.nets.visits import is_page
from tests.nets.walk import outcome


SENTENCES = re.compile(r"(?s)fr-(?:error-text|alert__title|message--error)[^>]*>(.{1,200}?)</")
REFUSALS = {"login", "401", "403", "404", "405", "409"}


def rows(wanted=lambda row: True):
    return pytest.mark.parametrize("row", [r for r in RIGHTS if wanted(r)], ids=lambda r: r.id)


class Buttons:
    """The forms by which each role does, from another page, what has no page of its own."""

    def __init__(self, visits):
        self.visits, self.found = visits, {}

    def get(self, row, role):
        """The form that leads a role to a row's URL, or None."""
        key = (row.id, role)
        if key not in self.found:
            self.found[key] = next(self._forms(row, role), None)
        return self.found[key]

    def _forms(self, row, role):
        """Looked for on the pages of the same object first, then of the same floor."""
        path, floor = self.visits.world.path_of(row), row.name.partition(":")[0]
        pages = [other for other in RIGHTS if role in other.reads and other.kind != "file"]
        pages.sort(key=lambda other: (other.of != row.of, other.name.partition(":")[0] != floor))
        for other in pages:
            content = self.visits.get(other, role)[0].content
            if f'="{path}'.encode() in content:
                forms = forms_of(content, self.visits.world.path_of(other))
                yield from (form for form in forms if form.action == path)


@pytest.fixture(scope="module")
def buttons(visits):
    return Buttons(visits)


def form_for(row, role, visits, buttons):
    """The form by which a role acts: its page's own, or the button of another page."""
    if row.only_acts:
        return buttons.get(row, role)
    return visits.own_form_of(row, role)


def whole_form_of(row, visits, buttons):
    """What someone who may act would send."""
    for role in sorted(row.acts - row.idle):
        if form := form_for(row, role, visits, buttons):
            return visits.filled(row, form, role)
    return visits.filled(row, None, min(row.acts, default=""))


def act(row, role, visits, sent):
    """The answer to a form, confirmed where it first shows what it would do."""
    response, tables, _queries = visits.send(row, role, sent)
    if response.status_code == 200 and not tables and is_page(response):
        path = visits.world.path_of(row)
        again = [f for f in forms_of(response.content, path) if f.action == path]
        if again:
            response, tables, _queries = visits.send(row, role, again[-1].filled())
    return response, tables


@rows(lambda row: row.only_acts)
def test_what_is_done_has_its_button_somewhere(row, buttons):
    assert {role for role in row.acts - row.idle if not buttons.get(row, role)} == set()


@rows(lambda row: row.acts)
def test_whoever_may_act_does(row, visits, buttons):
    """With the form that is really shown to them; or is told why not now, in the words we know."""
    faults = {}
    for role in sorted(row.acts - row.idle):
        form = form_for(row, role, visits, buttons)
        sent = visits.filled(row, form, role) if form else whole_form_of(row, visits, buttons)
        response, tables = act(row, role, visits, sent)
        said = unescape(response.content.decode(errors="replace"))
        if expected := row.refused.get(role):
            done = response.status_code in {409, 422} and expected in said
        else:
            done = response.status_code in {200, 302} and bool(tables) is not row.session
        if not done:
            sentences = SENTENCES.findall(said)
            faults[role] = f"{response.status_code}, {tables}, {sentences}, sent: {sent}"

    assert faults == {}


@rows()
def test_whoever_may_not_act_is_refused_and_writes_nothing(row, visits, buttons):
    sent = whole_form_of(row, visits, buttons)
    faults = {}
    for role in sorted(set(ROLES) - row.acts):
        response, tables, _queries = visits.send(row, role, sent)
        status = outcome(response)
        refused = REFUSALS | ({"302"} if role in row.sent else set())
        refused |= {"422"} if role in row.reads else set()  # a page whose form is not for them
        if status not in refused or tables - {row.marks}:
            faults[role] = f"{status}, written: {tables}"

    assert faults == {}


@rows(lambda row: row.kind != "file")
def test_no_form_is_shown_to_who_may_not_send_it(row, visits):
    shown = {role for role in row.reads - row.acts if visits.own_form_of(row, role)}

    assert shown == set()


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
