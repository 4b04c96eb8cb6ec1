import hashlib

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from base.lifecycle import Refused
from calls.kept import kept_files
from calls.models import Application, Attachment, Receipt
from tests.calls.deposits import close
from tests.calls.joining import add, asking_files, value
from tests.calls.papers import DOCX, PDF, upload
from tests.factories import (
    ApplicationFactory,
    AttachmentFactory,
    CallFactory,
    CoApplicantFactory,
    UserFactory,
)
from tests.factories.calls import QUESTIONS


@pytest.fixture
def application():
    return asking_files()


def test_a_file_is_kept_under_a_name_of_no_meaning_and_named_by_its_answer(application):
    attachment = add(application, "../Étude.pdf")

    assert (attachment.name, attachment.size, attachment.state) == (
        "Étude.pdf",
        len(PDF),
        "accepted",
    )
    assert attachment.digest == hashlib.sha256(PDF).hexdigest()
    assert default_storage.open(attachment.path).read() == PDF
    assert "tude" not in attachment.path
    assert value(application) == str(attachment.pk)


def test_the_snapshot_says_name_size_and_hash(application):
    attachment = add(application)

    application.deposit(by=application.author)

    sections = dict(map(tuple, Receipt.objects.get().snapshot.sections))
    assert sections["Vos pièces"] == f"note.pdf ({len(PDF)} octets, SHA-256 {attachment.digest})"


def test_a_required_file_is_missed_and_a_refused_one_blocks():
    questions = [*QUESTIONS, {"kind": "files", "label": "Vos pièces"}]
    application = ApplicationFactory(call=CallFactory(questions=questions))
    assert [gap.key for gap in application.gaps()] == ["q4"]

    AttachmentFactory(application=application, refused=True)

    gaps = Application.objects.get(pk=application.pk).gaps()
    assert "L’antivirus refuse note.pdf" in gaps[0].sentence


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (lambda a: {"key": "q1"}, "n’attend pas de fichier"),
        (lambda a: add(a) and {}, "déjà joint"),
        (
            lambda a: AttachmentFactory.create_batch(5, application=a, content=b"%PDF-x") and {},
            "Cinq fichiers au plus",
        ),
        (lambda a: AttachmentFactory(application=a, size=50 * 1024 * 1024) and {}, "50 Mo au plus"),
    ],
)
def test_what_cannot_be_joined_leaves_nothing_behind(application, setting, sentence):
    more = setting(application)
    before, rows = set(kept_files()), Attachment.objects.count()

    with pytest.raises(Refused, match=sentence):
        add(application, **more)

    assert set(kept_files()) == before
    assert Attachment.objects.count() == rows


def test_a_full_disk_is_said_and_the_draft_stays(application, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(type(default_storage._wrapped), "_save", full)

    with pytest.raises(Refused, match="réessayez dans quelques minutes"):
        add(application)

    assert value(application, "q1") != ""


def test_nothing_is_joined_after_the_closing_nor_by_a_reader(application):
    reader = CoApplicantFactory(accepted=True, reader=True, application=application).person

    with pytest.raises(Refused, match="La rédaction est close"):
        Attachment.add(application, by=reader, key="q4", file=upload())
    close(application)
    with pytest.raises(Refused, match="La rédaction est close"):
        add(application)


def test_a_file_taken_away_before_any_deposit_is_forgotten(
    application, django_capture_on_commit_callbacks
):
    attachment = add(application)

    with django_capture_on_commit_callbacks(execute=True):
        attachment.take_away(by=application.author)

    assert value(application) == ""
    assert not default_storage.exists(attachment.path)
    assert not Attachment.objects.exists()


def test_what_was_deposited_keeps_its_file(application):
    attachment = add(application)
    application.deposit(by=application.author)
    application.amend(by=application.author)

    attachment.take_away(by=application.author)

    assert default_storage.exists(attachment.path)
    with pytest.raises(Refused, match="n’est plus joint"):
        attachment.take_away(by=application.author)


def test_who_reads_a_file(application):
    attachment = add(application)
    colleague = CoApplicantFactory(accepted=True, application=application)
    staff = UserFactory(staff=True)
    people = [application.author, colleague.person, staff, UserFactory()]

    def readers():
        return [Attachment.objects.readable_by(p).contains(attachment) for p in people]

    assert readers() == [True, True, False, False]
    application.deposit(by=application.author)
    assert readers() == [True, True, True, False]
    colleague.remove(by=application.author)
    assert readers() == [True, False, True, False]
    Attachment.objects.update(state="pending")
    assert readers() == [False] * 4


def test_a_file_is_given_to_be_kept_and_never_shown(client):
    attachment = AttachmentFactory(name="œuvre d’été.pdf")
    client.force_login(attachment.application.author)

    response = client.get(attachment.get_absolute_url())

    assert response.content == b"%PDF-1.7 note"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store, private"


def test_files_are_joined_and_taken_away_on_their_page(client, application):
    client.force_login(application.author)
    address = reverse("calls:attachment-list", args=[application.pk, "q4"])
    writing = reverse("calls:writing", args=[application.pk])

    leading = client.post(writing, {"q1": "Mot.", "version_q1": "1", "next": "q4"})
    joined = client.post(address, {"file": upload("note.docx", DOCX)}, follow=True)
    empty = client.post(address, {})
    zero = client.post(address, {"file": upload("vide.pdf", b"")})
    disguised = client.post(address, {"file": upload("note.pdf", b"<html>")})
    attachment = Attachment.objects.get()

    assertRedirects(leading, address)
    assert value(application, "q1") == "Mot."
    assertContains(joined, "note.docx")
    assertContains(client.get(writing), "note.docx")
    assert empty.status_code == 422
    assertContains(zero, "Ce fichier est vide.", status_code=422)
    assertContains(disguised, "n’est pas celui d’un fichier .pdf", status_code=409)
    response = client.post(reverse("calls:attachment-removal", args=[attachment.pk]), follow=True)
    assertContains(response, "Aucun pour l’instant.")
    assert (
        client.get(reverse("calls:attachment-list", args=[application.pk, "q1"])).status_code == 404
    )


def test_the_numbers_of_files_are_not_typed(client, application):
    other = AttachmentFactory()
    client.force_login(application.author)
    typed = {"key": "q4", "q4": str(other.pk), "version_q4": "0"}

    client.post(reverse("calls:autosave", args=[application.pk]), typed)
    client.post(reverse("calls:writing", args=[application.pk]), typed)

    assert value(application) == ""


@pytest.mark.parametrize("fields", [{"size": 0}, {"digest": "x"}])
def test_the_database_refuses_a_file_without_content(fields):
    with pytest.raises(IntegrityError, match="attachment_has_a_content"), transaction.atomic():
        AttachmentFactory(**fields)
