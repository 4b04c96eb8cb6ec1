import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from base.lifecycle import Refused
from calls import export_writing
from calls.models import Application, Export
from calls.tasks import sweep_exports, write_export
from journal.models import Event
from notifications.models import Message
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    DeliberationFactory,
    ExportFactory,
    InterestFactory,
    UserFactory,
)


def asked(staff, **fields):
    fields = {"format": "csv", "columns": ["auteur", "etat"]} | fields
    applications = Application.objects.received_by(staff).by_deposit()
    return Export.request(by=staff, applications=applications, **fields)


def content_of(export):
    export.refresh_from_db()
    with export.open() as file:
        return file.read()


def keep_away(person, application):
    """An interest that excludes this person from this dossier."""
    deliberation = DeliberationFactory(subject=application)
    InterestFactory(person=person, deliberation=deliberation, effect="exclusion")


def test_a_table_is_written_and_its_person_is_told(staff):
    application = ApplicationFactory(deposited=True, title="=SOMME(A1)")
    export = asked(staff)

    write_export(export_id=export.pk)

    text = content_of(export).decode("utf-8-sig")
    assert text.splitlines() == [
        '"Numéro";"Dossier";"Porté par";"État"',
        f'"{application.pk}";"\'=SOMME(A1)";"{application.author}";"déposée"',
    ]
    assert (export.status, export.written) == ("ready", 1)
    assert [m.recipient for m in Message.objects.all()] == [staff]
    verbs = [event.verb for event in Event.objects.about(export)]
    assert sorted(verbs) == ["export.requested", "export.written"]


def test_a_file_written_twice_is_one_file(staff):
    export = asked(staff)

    write_export(export_id=export.pk)
    path = Export.objects.get().path
    write_export(export_id=export.pk)
    sweep_exports()

    assert Export.objects.get().path == path
    assert Message.objects.count() == 1


def test_the_answers_are_there_when_the_list_is_of_one_call(staff):
    application = ApplicationFactory(deposited=True, answers={"q2": "Les mairies.", "q3": "yes"})
    export = asked(staff, call=application.call)

    write_export(export_id=export.pk)

    text = content_of(export).decode()
    assert '"Les mairies."' in text and "Avez-vous un prototype" in text


def test_a_workbook_is_written(staff):
    ApplicationFactory(deposited=True)
    export = asked(staff, format="xlsx")

    write_export(export_id=export.pk)

    assert content_of(export).startswith(b"PK")


def test_a_folder_holds_the_table_and_each_deposit_on_paper(staff):
    application = ApplicationFactory(title="Alerte « été » / ..")
    ApprovalFactory(application=application, approved=True)
    receipt = application.deposit(by=application.author)
    export = asked(staff, format="zip")

    write_export(export_id=export.pk)

    with zipfile.ZipFile(io.BytesIO(content_of(export))) as folder:
        names = folder.namelist()
        paper = folder.read(names[1])
    name = f"{application.pk:06d}-alerte-ete/depot-{receipt.number}.pdf"
    assert names == ["candidatures.csv", name]
    assert paper.startswith(b"%PDF")


def test_what_one_may_no_longer_see_is_not_written(staff):
    kept, seen = ApplicationFactory(deposited=True), ApplicationFactory(deposited=True)
    export = asked(staff)
    keep_away(staff, kept)

    write_export(export_id=export.pk)

    export.refresh_from_db()
    assert export.subjects == [seen.pk]


def test_a_file_is_refused_once_one_of_its_dossiers_may_not_be_seen(client, staff):
    """RELIABILITY A-36."""
    application = ApplicationFactory(deposited=True)
    export = ExportFactory(ready=True, person=staff, subjects=[application.pk])
    address = reverse("calls:export-file", args=[export.pk])
    assert client.get(address).status_code == 200

    keep_away(staff, application)

    assertContains(client.get(address), "ne pouvez plus lire", status_code=409)


def test_whoever_leaves_the_team_takes_nothing_away(client, staff):
    """RELIABILITY A-37."""
    export = ExportFactory(ready=True, person=staff)
    staff.is_staff = False
    staff.save()

    assert client.get(reverse("calls:export-file", args=[export.pk])).status_code == 404


def test_a_file_is_given_to_who_asked_and_nobody_else(client, staff):
    export = ExportFactory(ready=True)

    assert client.get(reverse("calls:export-file", args=[export.pk])).status_code == 404
    client.force_login(export.person)
    response = client.get(reverse("calls:export-file", args=[export.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="{export.file_name}"'
    assert response.getvalue() == b"Un fichier."


def test_only_the_team_asks():
    with pytest.raises(Refused, match="équipe"):
        asked(UserFactory())


def test_one_asks_for_three_at_once_at_most(staff):
    ExportFactory.create_batch(3, person=staff)

    with pytest.raises(Refused, match="3 exports"):
        asked(staff)


def test_a_folder_has_a_limit(staff, monkeypatch):
    monkeypatch.setattr("calls.models.export.PAPERS", 1)
    ApplicationFactory.create_batch(2, deposited=True)

    with pytest.raises(Refused, match="1 dossiers au plus"):
        asked(staff, format="zip")


def test_a_file_that_cannot_be_written_says_so(client, staff, monkeypatch, caplog):
    def full(*_anything):
        raise OSError("No space left on device")

    monkeypatch.setitem(export_writing.WRITERS, "csv", full)
    export = asked(staff)

    write_export(export_id=export.pk)

    export.refresh_from_db()
    assert export.status == "failed"
    assert "No space left" in caplog.text
    assertContains(client.get(reverse("calls:export-list")), "Redemandez-le")


def test_what_a_dead_worker_left_is_written_by_the_sweep():
    ExportFactory(dead=True)

    sweep_exports()
    sweep_exports()

    assert Export.objects.get().status == "ready"


def test_what_a_worker_writes_now_is_left_to_it():
    ExportFactory(running=True)

    sweep_exports()

    assert Export.objects.get().status == "running"


def test_a_file_is_deleted_after_its_days(django_capture_on_commit_callbacks):
    old, young = ExportFactory(old=True), ExportFactory(ready=True)

    with django_capture_on_commit_callbacks(execute=True):
        sweep_exports()
        sweep_exports()

    assert not default_storage.exists(old.path)
    assert default_storage.exists(young.path)
    assert [e.status for e in Export.objects.order_by("pk")] == ["expired", "ready"]


def test_a_file_finished_by_another_worker_is_thrown_away():
    export = ExportFactory(running=True)
    late = Export.objects.get(pk=export.pk)
    export.finish(ContentFile(b"Premier."), subjects=[])
    before = set(default_storage.listdir("exports")[1])

    late.finish(ContentFile(b"Second."), subjects=[])

    assert set(default_storage.listdir("exports")[1]) == before
    assert content_of(export) == b"Premier."


def test_progress_is_shown(client, staff):
    ExportFactory(running=True, person=staff, subjects=[1, 2, 3], written=2)

    page = client.get(reverse("calls:export-list"))

    assertContains(page, "2 sur 3")
    assertContains(page, 'hx-trigger="every 3s"')


def test_the_desk_s_list_is_exported_as_it_is_filtered(client, staff):
    wanted = ApplicationFactory(deposited=True)
    ApplicationFactory(admissible=True)
    data = {"query": "etat=deposited&col=visa&hacked=1", "format": "csv"}

    response = client.post(reverse("calls:export-new"), data)

    assertRedirects(response, reverse("calls:export-list"))
    export = Export.objects.get()
    assert (export.subjects, export.columns) == ([wanted.pk], ["visa"])
