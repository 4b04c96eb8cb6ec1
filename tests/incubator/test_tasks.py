import logging

import pytest

from incubator.tasks import check
from journal.models import Snapshot
from notifications.models import Message
from tests.factories import EntityFactory, UserFactory
from tests.spoiling import spoil


@pytest.fixture
def administrator():
    return UserFactory(superuser=True)


@pytest.fixture
def spoilt(administrator):
    snapshot = Snapshot.take(EntityFactory(), title="Titre", sections=[("Problème", "La pluie")])
    spoil("UPDATE journal_snapshot SET title = 'Autre' WHERE id = %s", snapshot.pk)
    return snapshot


def test_a_sound_house_tells_nobody(administrator, caplog):
    check()

    assert not Message.objects.exists()
    assert caplog.messages == []


def test_a_broken_rule_is_logged_and_told_to_the_administrators_once(spoilt, administrator, caplog):
    UserFactory(staff=True)

    check()
    check()

    told = Message.objects.order_by("pk")
    assert [(m.notice, m.recipient) for m in told] == [
        ("incubator/house_broken", administrator)
    ] * 2
    assert f"BROKEN by {spoilt.pk}" in told[0].body
    assert f"snapshot {spoilt.pk}: its content is not what was hashed" in told[1].body
    assert [r.levelno for r in caplog.records] == [logging.CRITICAL] * 4
