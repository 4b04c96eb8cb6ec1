"""Each rule of `check_invariants`, broken once on purpose.

A break builds something healthy, yields, spoils it as the owner of the database would, and yields
the ids that the rule must then name.
"""

from datetime import timedelta

from django.utils import timezone

from journal.models import Event, Seal, Snapshot
from notifications import outbox
from tests.factories import EntityFactory, UserFactory
from tests.spoiling import spoil


BREAKS = {}


def breaks(app):
    def register(function):
        BREAKS[app, function.__name__] = function
        return function

    return register


@breaks("journal")
def a_snapshot_keeps_its_hash():
    snapshot = Snapshot.take(EntityFactory(), title="Titre", sections=[("Problème", "La pluie")])
    yield
    spoil("UPDATE journal_snapshot SET title = 'Autre' WHERE id = %s", snapshot.pk)
    yield [snapshot.pk]


@breaks("journal")
def the_chain_of_seals_is_whole():
    for _ in range(2):
        Event.record("thing.done", actor=None, subject=EntityFactory())
        seal = Seal.extend(before=timezone.now() + timedelta(minutes=1))
    yield
    spoil("UPDATE journal_seal SET previous = 'x' WHERE id = %s", seal.pk)
    yield [seal.pk]


@breaks("notifications")
def no_message_waits_for_more_than_two_days():
    message = outbox.post("incubator/house_broken", to=UserFactory(), key="1")
    yield
    message.posted_at -= timedelta(days=3)
    message.save()
    yield [message.pk]
