"""Two requests at the same time, each on a connection of its own.

A race is proven twice: right with its lock, wrong without it.

    @pytest.mark.race("a vote during a conclusion")
    @pytest.mark.parametrize("locked", [True, False])
    @pytest.mark.django_db(transaction=True)
    def test_a_vote_waits_for_a_conclusion_in_progress(locked, deliberation, late, chair):
        other = Other(lambda: late.cast_vote(by=chair, choice="for"))

        with without_lock(Deliberation, when=not locked):
            other.come_in_during(lambda: deliberation.conclude(by=chair, outcome="selected"))

        assert Vote.objects.exists() is not locked

Where the guard is a constraint of the database, `without_constraint` takes it out instead.
"""

import threading
from collections import defaultdict
from contextlib import contextmanager, suppress

from django.db import IntegrityError, connection, models, transaction

from base.lifecycle import Refused


class Other(threading.Thread):
    """Another request at the same time: runs a verb and remembers whether it was refused."""

    def __init__(self, verb):
        super().__init__()
        self.verb = verb
        self.refused = None
        self.result = None

    def run(self):
        try:
            self.result = self.verb()
            self.refused = False
        except Refused:
            self.refused = True
        finally:
            connection.close()

    def come_in_during(self, verb):
        """Run until it ends, or waits, while the other verb has run and is not committed yet."""
        with transaction.atomic():
            verb()
            self.start()
            while self.is_alive() and not somebody_waits():
                self.join(timeout=0.05)
        self.join()


def somebody_waits():
    """Whether a connection to this database waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]


def during(verb, *, first):
    """Run a verb while another one is not committed yet: what it is told."""
    other = Other(lambda: _told(verb))
    other.come_in_during(first)
    return other.result


def _told(verb):
    """Done, refused, or broken by the database."""
    try:
        verb()
    except Refused:
        return "refused"
    except IntegrityError:
        return "broken"
    return "done"


def again(row):
    """The same row, as another request read it before."""
    return type(row).objects.get(pk=row.pk)


def all_at_once(count, verb):
    """Run `verb(n)` in `count` connected threads that start together.

    (results, refusals, other errors), each a list.
    """
    gate, results, refusals, errors = threading.Barrier(count), [], [], []

    def run(number):
        try:
            connection.ensure_connection()
            gate.wait()
            results.append(verb(number))
        except Refused as refusal:
            refusals.append(refusal)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, refusals, errors


@contextmanager
def without_lock(*locked, when=True, in_pairs=False):
    """Let `select_for_update`, and so `Lifecycle.hold`, lock nothing on these models.

    Rights are still asked: only the waiting is gone. Holds for every thread of the process.
    `in_pairs`, two threads meet where each lock would be asked, so that neither is alone there.
    """
    lock = models.QuerySet.select_for_update
    meetings = defaultdict(lambda: threading.Barrier(2, timeout=5)) if in_pairs else {}

    def select_for_update(queryset, *args, **kwargs):
        if issubclass(queryset.model, locked):
            if in_pairs:
                with suppress(threading.BrokenBarrierError):
                    meetings[queryset.model].wait()
            return queryset.all()
        return lock(queryset, *args, **kwargs)

    if when:
        models.QuerySet.select_for_update = select_for_update
    try:
        yield
    finally:
        models.QuerySet.select_for_update = lock


@contextmanager
def without_constraint(model, name, *, when=True):
    """Take a constraint out of the database, for a transactional test; its rows go when it is back.

    Read what happened inside the block.
    """
    if not when:
        yield
        return
    constraint = next(c for c in model._meta.constraints if c.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'TRUNCATE "{model._meta.db_table}" CASCADE')
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)
