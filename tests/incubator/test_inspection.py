"""The last run of the rules, kept for the cockpit."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from incubator.invariants import rules
from incubator.tasks import check
from journal.models import Inspection, Snapshot
from tests.factories import EntityFactory, InterestFactory, UserFactory
from tests.spoiling import spoil


@pytest.fixture
def broken():
    """A run that finds a snapshot touched: its number."""
    snapshot = Snapshot.take(EntityFactory(), title="Titre", sections=[("Problème", "La pluie")])
    spoil("UPDATE journal_snapshot SET title = 'Autre' WHERE id = %s", snapshot.pk)
    with pytest.raises(SystemExit):
        call_command("check_invariants")
    return f"({snapshot.pk})"


def cockpit(client, **who):
    client.force_login(UserFactory(**who))
    return client.get(reverse("cockpit"))


def test_the_nightly_run_is_kept(client):
    assertContains(cockpit(client, staff=True), "rien n’est encore gardé")

    check()

    inspection = Inspection.last()
    assert (inspection.asked, inspection.faults) == (len(list(rules())), [])
    assertContains(cockpit(client, staff=True), "Toutes tiennent.")


def test_what_breaks_a_rule_is_named_to_the_administrators_only(client, broken):
    assert [fault["app"] for fault in Inspection.last().faults] == ["journal"]
    assertContains(cockpit(client, superuser=True), broken)

    response = cockpit(client, staff=True)
    assertContains(response, "1 règle ne tient pas")
    assertNotContains(response, broken)


def test_an_administrator_who_is_kept_from_a_dossier_reads_no_number(client, broken):
    administrator = UserFactory(superuser=True)
    InterestFactory(person=administrator, seat=None, effect="exclusion")
    client.force_login(administrator)

    assertNotContains(client.get(reverse("cockpit")), broken)
