"""The broker or the mail server down or frozen: nothing waits, nothing is lost (A-11, A-23)."""

import os
import socket
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AllowedDomain
from devtools import child
from incubator.celery import Task, app
from notifications import outbox
from notifications.models import Message
from notifications.tasks import sweep_outbox
from tests.factories import UserFactory


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker_at(monkeypatch):
    """Point those who queue tasks at another broker."""

    def point(url):
        monkeypatch.setattr(Task, "silent_until", 0)
        monkeypatch.setattr(app.conf, "broker_url", url)
        monkeypatch.setattr(app.amqp, "_producer_pool", None)

    yield point


@pytest.fixture(params=["closed", "frozen"])
def nobody(request):
    """The port of a server that refuses, or that accepts and never answers."""
    if request.param == "closed":
        yield 1
        return
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def tell(count):
    readers = UserFactory.create_batch(count)
    with transaction.atomic():
        for reader in readers:
            outbox.post("incubator/house_broken", to=reader, key="1")
    return {reader.email for reader in readers}


def test_a_broker_that_does_not_answer_delays_twenty_messages_and_no_page(
    broker_at, nobody, smtp_sink
):
    broker_at(f"redis://127.0.0.1:{nobody}/0")
    start = time.monotonic()

    told = tell(20)

    assert time.monotonic() - start < 4
    assert set(Message.objects.values_list("status", flat=True)) == {"queued"}
    sweep_outbox()
    assert {message["To"] for message in smtp_sink.messages} == told
    assert len(smtp_sink.messages) == 20


def test_a_page_that_writes_to_someone_answers_without_broker_nor_mail_server(
    client, broker_at, nobody, settings, smtp_sink
):
    AllowedDomain.objects.create(domain="gouv.fr")
    reader, sink = UserFactory(), settings.EMAIL_PORT
    broker_at(f"redis://127.0.0.1:{nobody}/0")
    settings.EMAIL_PORT = nobody
    start = time.monotonic()

    response = client.post(reverse("account_reset_password"), {"email": reader.email})

    assert (response.status_code, time.monotonic() - start < 4) == (302, True)
    settings.EMAIL_PORT = sink
    sweep_outbox()
    assert [message["To"] for message in smtp_sink.messages] == [reader.email]


def test_a_mail_server_that_does_not_answer_loses_nothing(settings, nobody, smtp_sink):
    sink = settings.EMAIL_PORT
    settings.EMAIL_TIMEOUT, settings.EMAIL_PORT = 1, nobody
    told = tell(2)

    sweep_outbox()
    assert set(Message.objects.values_list("status", flat=True)) == {"queued"}
    settings.EMAIL_PORT = sink
    Message.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    sweep_outbox()

    assert {message["To"] for message in smtp_sink.messages} == told


@pytest.fixture
def worker(settings, smtp_sink):
    """A real worker on the test's own database, broker and mail server."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    variables = {
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "EMAIL_BACKEND": settings.EMAIL_BACKEND,
        "EMAIL_HOST": settings.EMAIL_HOST,
        "EMAIL_PORT": str(settings.EMAIL_PORT),
    }
    options = ["--pool", "prefork", "--concurrency", "2", "--loglevel", "ERROR"]
    options += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [sys.executable, "-m", "celery", "-A", "incubator", "worker", *options]
    process = child.start(command, env=os.environ | variables, cwd=settings.BASE_DIR)
    yield process
    child.stop(process)


def test_a_message_leaves_by_the_real_broker_and_a_real_worker(worker, smtp_sink):
    told = tell(3)

    deadline = time.monotonic() + 60
    while Message.objects.exclude(status="sent").exists() and time.monotonic() < deadline:
        time.sleep(0.1)

    assert {message["To"] for message in smtp_sink.messages} == told
    assert len(smtp_sink.messages) == 3
