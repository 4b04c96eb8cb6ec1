"""Whatever is hidden from somebody is one way or the other: what they get is the same."""

import pytest
from django.contrib import admin
from django.urls import reverse

from calls.export_writing import write
from calls.models import Application, Export
from tests.nets import facts, sides
from tests.nets.facts import ROWS
from tests.nets.rights import RIGHTS
from tests.nets.table import roles
from tests.nets.walk import undone


@pytest.fixture(scope="module", autouse=True)
def furnished(world, django_db_blocker):
    """The world is that of all the nets: they find it again as it was."""
    with django_db_blocker.unblock(), undone():
        facts.furnish(world)
        yield


def hidden_from(role):
    return [fact for fact, text in facts.HIDDEN.items() if role in roles(text)]


def leaks(turned, world, look):
    """What betrays these facts to who looks, all turned at once: fact → address → lines."""
    before = look()
    if not compared(turned, world, before, look):
        return {}
    return {fact.__name__: compared([fact], world, before, look) for fact in turned}


def compared(turned, world, before, look):
    with undone():
        for fact in turned:
            fact(world)
        return sides.differences(before, look())


def reading(world, walkers, role, rows):
    paths = sides.paths_of(world, rows)
    return lambda: sides.seen(walkers[role], paths)


# Those who ask for every address; the others for those that the table lets them read.
CURIOUS = {"excluded", "excluded_staff"}
READERS = [*CURIOUS, "member", "applicant", "coach", "chair", "observer"]
# Where everybody of the committee is shown the same as the excluded, who asks for every address.
COMMON = ("account_", "mfa_", "accounts:", "calls:", "projects:", "coaching:")


def rows_of(role):
    if role in CURIOUS:
        return [*RIGHTS, *ROWS]
    others = () if role in {"applicant", "coach"} else COMMON
    every = [*RIGHTS, *ROWS]
    return [row for row in every if role in row.reads and not row.name.startswith(others)]


@pytest.mark.parametrize("role", sorted(READERS))
def test_what_is_hidden_changes_nothing_that_one_reads(role, world, walkers):
    look = reading(world, walkers, role, rows_of(role))

    assert leaks(hidden_from(role), world, look) == {}


@pytest.mark.parametrize("role", ["excluded", "excluded_staff", "member", "applicant"])
def test_what_is_hidden_cannot_be_filtered_searched_nor_ordered(role, world, walkers):
    """RELIABILITY A-35: hidden words are found no more than words that are nowhere."""
    lists = sides.paths_of(world, [row for row in RIGHTS if row.kind == "list"])
    asked = sides.questions(walkers[role], lists, words=["canari"])

    found = leaks(hidden_from(role), world, lambda: sides.seen(walkers[role], asked))

    assert found == {}
    assert len(asked) > len(lists)


def test_the_administration_shows_no_hidden_dossier_to_an_administrator(world, walkers):
    """RELIABILITY A-36: an administrator in conflict too. People are listed whatever they do."""
    shown = [model._meta for model in admin.site._registry if model._meta.app_label != "accounts"]
    names = [f"admin:{meta.app_label}_{meta.model_name}_changelist" for meta in shown]
    paths = [reverse(name) for name in names]

    found = leaks([facts.existence], world, lambda: sides.seen(walkers["superuser"], paths))

    assert found == {}


KEPT_AWAY = ["excluded", "excluded_staff", "superuser"]


@pytest.mark.parametrize("role", KEPT_AWAY)
def test_nothing_is_written_to_who_is_kept_away(role, world):
    """RELIABILITY A-36: convocations, reminders and announcements say nothing of the dossier."""
    found = leaks([facts.existence], world, lambda: sides.letters(world, world.people[role]))

    assert found == {}


@pytest.mark.parametrize("format", ["csv", "zip"])
def test_no_export_holds_what_is_hidden(format, world):
    """RELIABILITY A-36: even asked for by its number."""
    person = world.people["excluded_staff"]

    def exported():
        every = Application.objects.exclude(deposited_at=None)
        export = Export.request(by=person, format=format, applications=every, columns=["author"])
        content, keys = write(export)
        return {"file": sides.words_of(content.read()).splitlines(), "keys": sorted(keys)}

    assert leaks([facts.existence], world, exported) == {}


def test_a_conflict_declared_late_takes_everything_away(world, walkers):
    """RELIABILITY A-36: file, review, vote, agenda, duties and mails, as if never entrusted."""
    rows = [*rows_of("member"), *(row for row in RIGHTS if row.kind == "list")]
    look = reading(world, walkers, "member", rows)

    assert leaks([facts.declared_late], world, look) == {}
    person = world.people["member"]
    assert leaks([facts.declared_late], world, lambda: sides.letters(world, person)) == {}


# Fact → somebody who may know it, and where it is told: without them nothing above could fail.
TOLD = {
    facts.identity: ("staff", "calls:desk"),
    facts.reviewer: ("chair", "committees:assignments[assigned deliberation]"),
    facts.score: ("chair", "committees:results[round]"),
    facts.vote: ("chair", "committees:vote[deliberation with a ballot open]"),
    facts.decision: ("chair", "committees:decision[concluded]"),
    facts.existence: ("chair", "committees:sitting[sitting]"),
    facts.declared_late: ("chair", "committees:sitting[sitting without quorum]"),
}


@pytest.mark.parametrize("fact", TOLD, ids=lambda fact: fact.__name__)
def test_each_fact_shows_to_who_may_know_it(fact, world, walkers):
    role, where = TOLD[fact]
    rows = [row for row in [*RIGHTS, *ROWS] if row.id == where]

    found = leaks([fact], world, reading(world, walkers, role, rows))

    assert found[fact.__name__]


def test_a_letter_that_tells_is_found(world):
    found = leaks([facts.existence], world, lambda: sides.letters(world, world.people["chair"]))

    assert found["existence"]
