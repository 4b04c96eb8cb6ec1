import json
import os
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from incubator import heartbeat
from notifications import outbox
from notifications.models import Message
from tests.factories import UserFactory


NO_DATABASE = """
import django; django.setup()
from django.test import Client
for path in ["/healthz", "/readyz"]:
    response = Client(headers={"host": "localhost"}).get(path)
    print(response.status_code, response.content.decode().strip())
"""


@pytest.fixture
def alive():
    heartbeat.beat()


@pytest.fixture
def frozen():
    """The address of a server that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://:s3cret@127.0.0.1:{server.getsockname()[1]}/0"


def ask(client):
    response = client.get(reverse("readyz"))
    return response, response.json()


def test_healthz_is_the_process_alone(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("healthz"))

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_names_each_part(client, alive):
    response, parts = ask(client)

    assert response.status_code == 200
    assert parts.pop("ready")
    assert set(parts) == {"database", "migrations", "outbox", "broker", "beat", "disk"}
    assert all(part["ok"] for part in parts.values())


def test_the_health_pages_are_never_kept(client, alive):
    for name in ["healthz", "readyz"]:
        assert "no-store" in client.get(reverse(name))["Cache-Control"]


def test_without_its_database_the_portal_lives_and_is_not_ready():
    environment = {**os.environ, "DATABASE_URL": "postgres://someone:s3cret@127.0.0.1:1/nowhere"}

    run = subprocess.run(
        [sys.executable, "-c", NO_DATABASE],
        env=environment | {"DJANGO_SETTINGS_MODULE": "incubator.settings"},
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    healthz, readyz = run.stdout.splitlines()
    status, _, body = readyz.partition(" ")
    parts = json.loads(body)
    assert healthz == "200 ok"
    assert status == "503"
    assert [part for part in ["database", "migrations", "outbox"] if parts[part]["ok"]] == []
    assert "s3cret" not in body


def test_a_migration_that_waits_is_said(client, alive):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response, parts = ask(client)

    assert response.status_code == 503
    assert not parts["migrations"]["ok"]
    assert parts["database"]["ok"]


def test_a_broker_that_refuses_is_said(client, settings):
    settings.REDIS_URL = "redis://:s3cret@127.0.0.1:1/0"

    response, parts = ask(client)

    assert response.status_code == 503
    assert (parts["broker"], parts["beat"]) == ({"ok": False}, {"ok": False})
    assert b"s3cret" not in response.content


def test_a_broker_that_is_frozen_keeps_nobody_waiting(client, settings, frozen):
    settings.REDIS_URL = frozen
    start = time.monotonic()

    response, parts = ask(client)

    assert time.monotonic() - start < 4
    assert response.status_code == 503
    assert not parts["broker"]["ok"]


@pytest.mark.parametrize("last", [None, 181])
def test_a_beat_that_stopped_is_said(client, last):
    with heartbeat.broker() as broker:
        broker.delete(heartbeat.KEY)
        if last:
            broker.set(heartbeat.KEY, int(time.time()) - last)

    response, parts = ask(client)

    assert response.status_code == 503
    assert parts["broker"]["ok"] and not parts["beat"]["ok"]


def test_a_message_that_should_have_left_is_said(client, alive):
    message = outbox.post("incubator/house_broken", to=UserFactory(), key="1")
    late = timezone.now() - timedelta(minutes=16)
    Message.objects.filter(pk=message.pk).update(next_try_at=late)

    response, parts = ask(client)

    assert response.status_code == 503
    assert parts["outbox"] == {"ok": False, "oldest_seconds": 960}


def test_a_message_put_off_until_later_is_not_late(client, alive):
    message = outbox.post("incubator/house_broken", to=UserFactory(), key="1")
    later = timezone.now() + timedelta(hours=1)
    Message.objects.filter(pk=message.pk).update(next_try_at=later)

    response, parts = ask(client)

    assert response.status_code == 200
