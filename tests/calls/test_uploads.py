"""A file past the limit: kept nowhere, told on its page, over a real server too."""

import http.client
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains

from base.uploads import MOST_BYTES
from calls.models import Attachment
from devtools.valkey import free_port
from tests.calls.joining import asking_files
from tests.calls.papers import PDF, upload


SENTENCE = "Ce fichier dépasse 10 Mo."


def files_of(application):
    return reverse("calls:attachment-list", args=[application.pk, "q4"])


@pytest.mark.parametrize(("beyond", "status"), [(0, 302), (1, 422)])
def test_the_limit_is_exact_and_told_at_the_field(client, beyond, status):
    application = asking_files()
    client.force_login(application.author)
    content = PDF + bytes(MOST_BYTES - len(PDF) + beyond)

    response = client.post(files_of(application), {"file": upload(content=content)})

    assert response.status_code == status
    assert [a.size for a in Attachment.objects.all()] == [MOST_BYTES][: 1 - beyond]
    if beyond:
        assertContains(response, SENTENCE, status_code=422)
        assert response.context["form"].errors == {"file": [SENTENCE]}


def test_nothing_past_the_limit_is_written_on_the_disk(client, monkeypatch):
    kept = []
    keep = TemporaryFileUploadHandler.receive_data_chunk

    def counted(handler, raw_data, start):
        kept.append(len(raw_data))
        return keep(handler, raw_data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", counted)
    application = asking_files()
    client.force_login(application.author)

    client.post(files_of(application), {"file": upload(content=PDF + bytes(3 * MOST_BYTES))})

    assert 0 < sum(kept) <= MOST_BYTES


@contextmanager
def served():
    """The portal under gunicorn, on the database of the tests: its port."""
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    here = {
        "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "incubator.settings",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "BIND": f"127.0.0.1:{(port := free_port())}",
        "WEB_CONCURRENCY": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "python:incubator.gunicorn"]
    server = subprocess.Popen(command, env=os.environ | here, cwd=settings.BASE_DIR)
    try:
        for _ in range(300):
            try:
                ask(port, "GET", "/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def ask(port, verb, path, body=None, **headers):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request(verb, path, body, {name.replace("_", "-"): h for name, h in headers.items()})
    answer = link.getresponse()
    text = answer.read().decode()
    link.close()
    return answer, text


@pytest.mark.django_db(transaction=True)
def test_a_real_server_reads_it_to_its_end_and_shows_the_sentence(client):
    application = asking_files()
    client.force_login(application.author)
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    path = files_of(application)

    with served() as port:
        page, text = ask(port, "GET", path, Cookie=session, Accept_Language="fr")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
        cookie = page.getheader("Set-Cookie").partition(";")[0]
        body = multipart(csrfmiddlewaretoken=token.encode(), file=bytes(3 * MOST_BYTES))
        answer, text = ask(
            port,
            "POST",
            path,
            body,
            Cookie=f"{session}; {cookie}",
            Accept_Language="fr",
            Content_Type="multipart/form-data; boundary=frontiere",
        )

    assert answer.status == 422
    assert SENTENCE in text
    assert not Attachment.objects.exists()


def multipart(**parts):
    body = b""
    for name, content in parts.items():
        named = f'name="{name}"' + ('; filename="note.pdf"' if name == "file" else "")
        head = f"--frontiere\r\nContent-Disposition: form-data; {named}\r\n\r\n"
        body += head.encode() + content + b"\r\n"
    return body + b"--frontiere--\r\n"
