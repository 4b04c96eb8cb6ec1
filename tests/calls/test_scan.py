"""The antivirus: asked over a real socket, when it answers and when it does not."""

import io
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls import scan, tasks
from calls.models import Attachment
from calls.tasks import scan_attachments, scan_attachments_again
from journal.models import Event
from notifications.models import Message
from tests.calls.antivirus import listening
from tests.calls.joining import add, asking_files
from tests.calls.papers import PDF
from tests.factories import AttachmentFactory, CoApplicantFactory, ExportFactory


@pytest.fixture
def clamd(settings):
    with listening() as daemon:
        settings.CLAMD_ADDRESS = daemon.address
        yield daemon


@pytest.fixture
def application():
    return asking_files()


def states():
    return list(Attachment.objects.order_by("pk").values_list("state", flat=True))


def a_day_later():
    Attachment.objects.update(scanned_at=F("scanned_at") - timedelta(hours=24))


def test_the_antivirus_is_asked_and_its_verdict_written_once(clamd, application, client):
    clean, infected = add(application), add(application, content=PDF + b"EICAR")
    client.force_login(application.author)
    address = reverse("calls:attachment-list", args=[application.pk, "q4"])
    waiting = client.get(address)

    assert (clean.state, infected.state) == ("pending", "pending")
    assertContains(waiting, "en cours d’analyse")
    assertNotContains(waiting, clean.get_absolute_url() + '"')
    assert client.get(clean.get_absolute_url()).status_code == 404

    scan_attachments()
    scan_attachments()

    assert states() == ["accepted", "refused"]
    assert clamd.asked == [PDF, PDF + b"EICAR"]
    assert Message.objects.count() == 1
    assertContains(client.get(address), "refusé par l’antivirus")
    assert client.get(infected.get_absolute_url()).status_code == 404
    with pytest.raises(Refused, match="déjà analysé"):
        clean.judge(clean=False)


def test_a_large_file_is_sent_whole_in_pieces(clamd):
    content = bytes(range(256)) * 1024

    assert scan.is_clean(io.BytesIO(content)) is True
    assert clamd.asked == [content]


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"HUGE", scan.NoAnswer), (b"ODD", scan.NoAnswer), (b"SLOW", scan.Silent)],
)
def test_what_is_no_verdict_leaves_the_file_waiting(
    clamd, application, monkeypatch, content, fault
):
    monkeypatch.setattr(scan, "PATIENCE", 0.3)
    add(application, content=PDF + content)
    add(application, content=PDF)

    with pytest.raises(fault):
        scan.is_clean(io.BytesIO(content))
    scan_attachments()

    assert states() == ["pending", "accepted"]


@pytest.mark.parametrize("address", ["unix:/tmp/nobody-listens.sock", "127.0.0.1:1"])
def test_what_waited_while_it_was_down_is_asked_once_it_is_back(
    clamd, application, settings, address
):
    add(application)
    there, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, address
    scan_attachments()
    assert states() == ["pending"]

    settings.CLAMD_ADDRESS = there
    scan_attachments()

    assert states() == ["accepted"]


def test_a_silent_antivirus_is_not_asked_for_ever(clamd, application, monkeypatch):
    monkeypatch.setattr(scan, "PATIENCE", 0.1)
    for number in range(5):
        AttachmentFactory(application=application, content=b"SLOW%d" % number, pending=True)

    scan_attachments()

    assert len(clamd.asked) == tasks.MOST_SILENCES
    assert states() == ["pending"] * 5


def test_what_was_let_through_is_asked_about_again_each_night(clamd, application):
    add(application)
    scan_attachments()

    scan_attachments_again()
    assert len(clamd.asked) == 1
    a_day_later()
    scan_attachments_again()
    scan_attachments_again()

    assert len(clamd.asked) == 2
    assert states() == ["accepted"]


def test_what_came_while_none_was_set_is_asked_about_first(clamd, application, monkeypatch):
    monkeypatch.setattr(tasks, "RESCANNED", 1)
    add(application)
    scan_attachments()
    a_day_later()
    AttachmentFactory(application=application, content=b"%PDF-later", scanned_at=None)

    scan_attachments_again()

    assert clamd.asked == [PDF, b"%PDF-later"]


def test_a_file_found_infected_later_is_closed_and_its_people_told_once(clamd, application, client):
    attachment = add(application)
    colleague = CoApplicantFactory(accepted=True, application=application)
    scan_attachments()
    receipt = application.deposit(by=application.author)
    Message.objects.all().delete()
    folder = ExportFactory(ready=True, format="zip", subjects=[application.pk])
    others = [
        ExportFactory(ready=True, format="csv", subjects=[application.pk]),
        ExportFactory(ready=True, format="zip", subjects=[]),
    ]
    a_day_later()
    clamd.signatures.append(PDF)  # what it learnt since

    scan_attachments_again()
    a_day_later()
    scan_attachments_again()

    assert states() == ["refused"]
    client.force_login(application.author)
    assert client.get(attachment.get_absolute_url()).status_code == 404
    assertContains(client.get(receipt.get_absolute_url()), "refusé par l’antivirus")
    told = Message.objects.filter(notice="calls/attachment_refused")
    assert {m.recipient for m in told} == {application.author, colleague.person}
    assert told.count() == 2
    assert "écrivez à fabrique@example.gouv.fr" in told[0].body
    events = Event.objects.about(application).filter(verb="attachment.refused")
    assert events.count() == 1
    for export in [folder, *others]:
        export.refresh_from_db()
    assert [export.status for export in [folder, *others]] == ["expired", "ready", "ready"]


def test_whoever_still_writes_is_told_to_take_it_away(clamd, application):
    add(application, content=PDF + b"EICAR")

    scan_attachments()

    assert "Retirez-le" in Message.objects.get().body


def test_a_refused_file_is_not_judged_again(application):
    with pytest.raises(Refused, match="n’est plus disponible"):
        AttachmentFactory(application=application, refused=True).judge_again(clean=True)


def test_what_was_taken_away_while_it_was_asked_stops_nothing(clamd, application):
    gone, other = add(application), add(application, content=PDF + b"2")
    waiting = list(Attachment.objects.order_by("pk"))
    Attachment.objects.filter(pk=gone.pk).delete()

    tasks.ask_antivirus(waiting, Attachment.judge)

    other.refresh_from_db()
    assert other.state == "accepted"


def test_where_no_antivirus_is_set_nothing_is_asked(application):
    add(application)

    scan_attachments_again()

    assert Attachment.objects.get().scanned_at is None
