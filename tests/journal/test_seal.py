from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from journal.models import Event, Seal
from journal.tasks import seal_journal
from tests.factories import EntityFactory, UserFactory


@pytest.fixture
def events():
    subject, actor = EntityFactory(), UserFactory()
    return [
        Event.record("thing.done", actor=actor, subject=subject, number=number)
        for number in range(5)
    ]


def seal():
    return Seal.extend(before=timezone.now() + timedelta(minutes=1))


def tamper(sql, *values):
    """What only the owner of the database can do: go round the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_seal_covers_what_has_settled_and_leaves_the_rest(events):
    assert Seal.extend() is None
    assert seal().count == 5
    assert seal() is None


def test_seals_follow_each_other(events):
    first = seal()
    Event.record("thing.done", actor=None, subject=events[0].subject)

    second = seal()

    assert (second.previous, second.first_event) == (first.digest, first.last_event + 1)
    assert [list(s.faults()) for s in [first, second]] == [[], []]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_event SET verb = 'thing.undone' WHERE id = %s",
        "UPDATE journal_event SET actor_id = NULL WHERE id = %s",
        "UPDATE journal_event SET at = at - interval '1 second' WHERE id = %s",
        "UPDATE journal_event SET detail = '{}' WHERE id = %s",
        "DELETE FROM journal_event WHERE id = %s",
    ],
)
def test_an_edit_or_a_deletion_breaks_the_seal(events, sql):
    sealed = seal()

    tamper(sql, events[2].pk)

    assert len(list(sealed.faults())) == 1


def test_sealing_twice_at_once_makes_one_chain(events):
    sealed = seal()

    with pytest.raises(IntegrityError, match="seal_follows_one_seal"):
        Seal.objects.create(
            first_event=1, last_event=9999, count=1, previous=sealed.previous, digest="x"
        )


def test_the_task_runs_twice_and_seals_nothing_young(events):
    seal_journal()
    seal_journal()

    assert not Seal.objects.exists()
