from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from journal.models import Event, Seal, Snapshot
from journal.verification import faults
from tests.factories import EntityFactory
from tests.spoiling import spoil


@pytest.fixture
def subject():
    return EntityFactory()


@pytest.fixture
def sealed(subject):
    """Three seals of two events each."""
    return [seal_two_more(subject) for _ in range(3)]


def seal_two_more(subject):
    for number in range(2):
        Event.record("thing.done", actor=None, subject=subject, number=number)
    return Seal.extend(before=timezone.now() + timedelta(minutes=1))


def test_an_untouched_journal_has_no_fault(sealed, subject):
    Snapshot.take(subject, title="Titre", sections=[("Problème", "La pluie")])

    assert list(faults(expected=sealed[0].digest)) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE journal_event SET verb = 'thing.undone' WHERE id = %s", "an event was changed"),
        ("DELETE FROM journal_event WHERE id = %s", "2 events sealed, 1 found"),
        ("UPDATE journal_event SET id = 900000 WHERE id = %s", "2 events sealed, 1 found"),
    ],
)
def test_an_edited_deleted_or_moved_event_is_named_by_its_seal(sealed, sql, said):
    spoil(sql, sealed[1].last_event)

    assert list(faults()) == [f"seal {sealed[1]}: {said}"]


def test_a_seal_stretched_over_another_range_is_found(sealed):
    spoil("UPDATE journal_seal SET first_event = 2 WHERE id = %s", sealed[0].pk)

    assert list(faults()) == [f"seal 2–{sealed[0].last_event}: the events from 1 on are not sealed"]


def test_a_seal_taken_out_of_the_chain_is_found(sealed):
    spoil("DELETE FROM journal_seal WHERE id = %s", sealed[1].pk)

    assert list(faults()) == [
        f"seal {sealed[2]}: does not follow the one before",
        f"seal {sealed[2]}: the events from {sealed[1].first_event} on are not sealed",
    ]


def test_an_end_that_was_cut_off_is_found_by_a_digest_noted_elsewhere(sealed):
    spoil("DELETE FROM journal_seal WHERE id = %s", sealed[2].pk)

    assert list(faults()) == []
    assert list(faults(expected=sealed[2].digest)) == [f"no seal has the digest {sealed[2].digest}"]


def test_an_edited_snapshot_is_found(subject):
    snapshot = Snapshot.take(subject, title="Titre", sections=[("Problème", "La pluie")])
    spoil("UPDATE journal_snapshot SET title = 'Autre' WHERE id = %s", snapshot.pk)

    assert list(faults()) == [f"snapshot {snapshot.pk}: its content is not what was hashed"]


def test_the_command_prints_the_last_seal(sealed, capsys):
    call_command("verify_journal", seal=sealed[0].digest)

    last = sealed[-1]
    assert capsys.readouterr().out == f"sealed up to event {last.last_event}: {last.digest}\n"


def test_the_command_ends_with_1_and_names_the_faults(sealed, capsys):
    spoil("DELETE FROM journal_event WHERE id = %s", sealed[0].last_event)

    with pytest.raises(SystemExit) as end:
        call_command("verify_journal")

    assert end.value.code == 1
    assert f"seal {sealed[0]}: 2 events sealed, 1 found" in capsys.readouterr().out
