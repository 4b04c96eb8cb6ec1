"""The ZIP of the desk: each dossier's paper and files, by right, under names that are safe."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage

from calls import folders
from calls.folders import free_name
from calls.models import Application, Attachment, Export
from calls.tasks import write_export
from tests.calls.joining import add, asking_files
from tests.calls.papers import PDF
from tests.factories import DeliberationFactory, InterestFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def application():
    return asking_files(title="Alerte « été »")


def folder_for(staff):
    applications = Application.objects.received_by(staff).by_deposit()
    export = Export.request(by=staff, format="zip", columns=[], applications=applications)
    write_export(export_id=export.pk)
    export.refresh_from_db()
    with export.open() as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def files_in(folder):
    return [name.partition("/")[2] for name in folder.namelist() if "depot-" not in name][1:]


def test_a_dossier_s_folder_holds_the_files_of_its_last_version(staff, application):
    former = add(application, "ancien.pdf", PDF + b"0")
    application.deposit(by=application.author)
    application.amend(by=application.author)
    former.take_away(by=application.author)
    add(application, "budget.pdf")
    receipt = application.deposit(by=application.author)
    application.amend(by=application.author)
    add(application, "apres.pdf", PDF + b"1")

    folder = folder_for(staff)

    place = f"{application.pk:06d}-alerte-ete"
    expected = [f"{place}/depot-{receipt.number}.pdf", f"{place}/budget.pdf"]
    assert folder.namelist() == ["candidatures.csv", *expected]
    assert folder.read(f"{place}/budget.pdf") == PDF
    assert folder.testzip() is None


def test_what_is_not_there_is_listed_with_its_reason(staff, application, monkeypatch):
    for name, content in [("a.pdf", b"1"), ("b.pdf", b"2"), ("c.pdf", b"3"), ("d.pdf", b"4" * 99)]:
        add(application, name, PDF + content)
    application.deposit(by=application.author)
    Attachment.objects.filter(name="a.pdf").update(state="pending")
    Attachment.objects.filter(name="b.pdf").update(state="refused")
    default_storage.delete(Attachment.objects.get(name="c.pdf").path)
    monkeypatch.setattr(folders, "MOST_JOINED", 100)

    folder = folder_for(staff)

    said = folder.read("LISEZMOI.txt").decode("utf-8-sig")
    lines = [line.partition("/")[2].replace("\u00a0", " ") for line in said.split("\r\n")[2:-1]]
    assert lines == [
        "a.pdf : en cours d’analyse",
        "b.pdf : refusé par l’antivirus",
        "c.pdf : introuvable : signalez-le à l’administrateur",
        "d.pdf : la place manque : demandez moins de dossiers à la fois",
    ]
    assert [name for name in folder.namelist() if "depot" not in name] == [
        "candidatures.csv",
        "LISEZMOI.txt",
    ]


def test_a_dossier_that_one_is_kept_from_gives_no_file(staff, application):
    add(application)
    application.deposit(by=application.author)
    deliberation = DeliberationFactory(subject=application)
    InterestFactory(person=staff, deliberation=deliberation, effect="exclusion")

    assert folder_for(staff).namelist() == ["candidatures.csv"]


def test_two_files_of_one_name_keep_both(staff, application):
    for number, name in enumerate(["Note.pdf", "note.pdf", "e\u0301te.pdf", "éTE.pdf"]):
        add(application, name, PDF + bytes([number]))
    application.deposit(by=application.author)

    assert files_in(folder_for(staff)) == ["Note.pdf", "note (2).pdf", "éte.pdf", "éTE (2).pdf"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.pdf", None),
        ("a\u202efdp.exe.pdf", None),
        ("CON.pdf", None),
        ("note.pdf", "note.pdf"),
    ],
)
def test_a_name_that_was_stored_otherwise_never_leaves_its_folder(staff, application, name, safe):
    attachment = add(application)
    Attachment.objects.update(name=name)
    attachment.refresh_from_db()
    application.deposit(by=application.author)

    assert files_in(folder_for(staff)) == [safe or f"fichier-{attachment.pk}"]


def test_names_are_told_apart_whatever_their_number():
    taken = set()

    names = [free_name("a.pdf", taken) for _time in range(4)] + [free_name("fichier-1", taken)]

    assert names == ["a.pdf", "a (2).pdf", "a (3).pdf", "a (4).pdf", "fichier-1"]
