"""Joined files on an S3 storage that answers over the network, in the tests' own process."""

from uuid import uuid4

import boto3
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from pytest_django.asserts import assertContains, assertNotContains

from calls.invariants.files import a_content_has_its_attachment, an_attachment_has_its_content
from calls.kept import kept_files
from calls.models import Attachment
from calls.tasks import scan_attachments
from devtools.valkey import free_port
from tests.calls.antivirus import listening
from tests.calls.joining import add, asking_files
from tests.calls.papers import PDF, upload
from tests.factories import UserFactory


@pytest.fixture
def server(monkeypatch):
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]:
        monkeypatch.setenv(name, "essai")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def address(server):
    return "http://{}:{}".format(*server.get_host_and_port())


@pytest.fixture
def bucket(address, settings):
    """The bucket; the portal keeps its files there, by its settings alone."""
    s3 = boto3.resource("s3", endpoint_url=address, region_name="fr-par")
    place = {"LocationConstraint": "fr-par"}
    bucket = s3.create_bucket(Bucket=f"b{uuid4().hex}", CreateBucketConfiguration=place)
    options = {"bucket_name": bucket.name, "endpoint_url": address, "region_name": "fr-par"}
    default = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": default}
    return bucket


@pytest.fixture
def application():
    return asking_files()


def stored(bucket):
    return {item.key: item.get()["Body"].read() for item in bucket.objects.all()}


def test_a_file_goes_there_and_comes_back_through_the_right_alone(
    client, bucket, address, application
):
    client.force_login(application.author)
    page = reverse("calls:attachment-list", args=[application.pk, "q4"])

    shown = client.post(page, {"file": upload()}, follow=True)
    attachment = Attachment.objects.get()
    given = client.get(attachment.get_absolute_url())

    assert stored(bucket) == {attachment.path: PDF}
    assertContains(shown, f'href="{attachment.get_absolute_url()}"')
    for secret in [address, bucket.name, attachment.path]:
        assertNotContains(shown, secret)
    assert (given.status_code, given.content) == (200, PDF)
    assert given["Content-Disposition"] == 'attachment; filename="note.pdf"'
    assert "Location" not in given
    client.force_login(UserFactory())
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_nobody_else_may_read_the_bucket(bucket, application):
    attachment = add(application)

    grants = bucket.Object(attachment.path).Acl().grants

    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]


def test_taken_away_it_leaves_the_bucket(bucket, application, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(application).take_away(by=application.author)

    assert stored(bucket) == {}


def test_the_antivirus_reads_it_from_there(bucket, application, settings):
    with listening() as daemon:
        settings.CLAMD_ADDRESS = daemon.address
        add(application)
        scan_attachments()

    assert daemon.asked == [PDF]
    assert Attachment.objects.get().state == "accepted"


def test_the_nightly_check_sees_what_is_there_and_what_is_not(bucket, application):
    assert list(kept_files()) == []
    attachment = add(application)
    assert list(kept_files()) == [attachment.path]
    assert list(a_content_has_its_attachment()) == []

    default_storage.delete(attachment.path)

    assert list(an_attachment_has_its_content()) == [attachment.pk]


def test_a_storage_that_does_not_answer_is_said_and_nothing_is_lost(
    client, server, bucket, application, settings
):
    """RELIABILITY A-44: storage down is a clean message, the draft is kept."""
    attachment = add(application)
    client.force_login(application.author)
    page = reverse("calls:attachment-list", args=[application.pk, "q4"])
    options = settings.STORAGES["default"]["OPTIONS"] | {
        "endpoint_url": f"http://127.0.0.1:{free_port()}"
    }
    down = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": down}

    refused = client.post(page, {"file": upload("autre.pdf", PDF + b"2")})
    unread = client.get(attachment.get_absolute_url())

    assertContains(refused, "réessayez dans quelques minutes", status_code=409)
    assertContains(unread, "ne peut pas être lu pour le moment", status_code=409)
    assert Attachment.objects.get() == attachment
