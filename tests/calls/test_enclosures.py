"""The files of what was deposited: which they are, who reads them, on which page."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from calls.models import Attachment
from tests.calls.joining import add, asking_files
from tests.calls.papers import PDF
from tests.factories import (
    CorrectionFactory,
    DeliberationFactory,
    InterestFactory,
    SeatFactory,
    UserFactory,
)


@pytest.fixture
def application():
    return asking_files()


def names(files):
    return [file.name for file in files]


def handed_in(receipt):
    return names(Attachment.objects.handed_in(receipt.snapshot))


def seen_by_the_team(application):
    return names(application.attachments.visible_to(UserFactory(staff=True)).order_by("pk"))


def test_a_version_has_its_own_files_whatever_is_joined_or_taken_away_since(application):
    author = application.author
    former = add(application, "budget.pdf")
    first = application.deposit(by=author)
    application.amend(by=author)
    former.take_away(by=author)
    add(application, "plan.pdf", PDF + b"2")

    assert handed_in(first) == ["budget.pdf"]
    assert seen_by_the_team(application) == ["budget.pdf"]
    second = application.deposit(by=author)
    assert (handed_in(first), handed_in(second)) == (["budget.pdf"], ["plan.pdf"])
    assert seen_by_the_team(application) == ["budget.pdf", "plan.pdf"]


def test_a_content_joined_again_is_one_file_of_the_version(application):
    former = add(application)
    application.deposit(by=application.author)
    application.amend(by=application.author)
    former.take_away(by=application.author)
    add(application)
    add(application, "autre.pdf", PDF + b"2")

    receipt = application.deposit(by=application.author)

    assert handed_in(receipt) == ["note.pdf", "autre.pdf"]
    assert application.attachments.count() == 3


def test_the_team_reads_what_a_correction_brought(application):
    application.deposit(by=application.author)
    CorrectionFactory(application=application, keys=["q4"])
    application.refresh_from_db()
    add(application, "preuve.pdf")
    assert seen_by_the_team(application) == []

    application.deposit(by=application.author)

    assert seen_by_the_team(application) == ["preuve.pdf"]


def test_the_team_does_not_learn_the_name_of_what_is_not_deposited(client, application):
    application.deposit(by=application.author)
    application.amend(by=application.author)
    add(application, "secret.pdf")
    client.force_login(UserFactory(staff=True))

    page = client.get(reverse("calls:team-application", args=[application.pk]))

    assertContains(page, "a joint un fichier.")
    assertNotContains(page, "secret.pdf")


def test_files_are_on_the_pages_of_those_who_may_read_them(client, application):
    given, waiting = add(application), add(application, "pli.pdf", PDF + b"2")
    Attachment.objects.filter(pk=waiting.pk).update(state="pending")
    receipt = application.deposit(by=application.author)
    pages = {
        receipt.get_absolute_url(): application.author,
        reverse("calls:writing", args=[application.pk]): application.author,
        reverse("calls:team-application", args=[application.pk]): UserFactory(staff=True),
    }

    for address, reader in pages.items():
        client.force_login(reader)
        response = client.get(address)
        assertContains(response, f'href="{given.get_absolute_url()}"')
        assertNotContains(response, f'href="{waiting.get_absolute_url()}"')
        assertContains(response, "pli.pdf (1 Ko)")
        assertContains(response, "en cours d’analyse")


@pytest.fixture
def examined(application):
    """Its file is in the version that a committee examines; another one came after."""
    add(application)
    application.deposit(by=application.author)
    deliberation = DeliberationFactory(subject=application)
    application.amend(by=application.author)
    add(application, "apres.pdf", PDF + b"2")
    return deliberation


def enclosure(deliberation, name="note.pdf"):
    file = Attachment.objects.get(name=name)
    return reverse("committees:enclosure", args=[deliberation.pk, file.pk])


def test_a_member_who_declared_reads_the_files_of_the_frozen_version_and_no_other(client, examined):
    seat = SeatFactory(committee=examined.committee, declared=examined)
    client.force_login(seat.user)

    page = client.get(examined.get_absolute_url())
    file = client.get(enclosure(examined))

    assertContains(page, f'href="{enclosure(examined)}"')
    assertNotContains(page, "apres.pdf")
    assert (file.content, file["Content-Type"]) == (PDF, "application/octet-stream")
    assert file["Content-Disposition"] == 'attachment; filename="note.pdf"'
    assert file["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(enclosure(examined, "apres.pdf")).status_code == 404
    other = DeliberationFactory(round=examined.round)
    assert client.get(enclosure(other)).status_code == 404


def test_whoever_may_not_read_the_dossier_reads_no_file_of_it(client, examined):
    away = SeatFactory(committee=examined.committee, declared=examined)
    InterestFactory(deliberation=examined, person=away.user, effect="exclusion")
    excluded_staff = UserFactory(staff=True)
    InterestFactory(deliberation=examined, person=excluded_staff, effect="exclusion")
    silent = SeatFactory(committee=examined.committee)
    elsewhere = SeatFactory()

    for person in [away.user, excluded_staff, silent.user, elsewhere.user, examined.subject.author]:
        client.force_login(person)
        assert client.get(enclosure(examined)).status_code == 404
        attachment = Attachment.objects.get(name="note.pdf")
        own = client.get(attachment.get_absolute_url()).status_code
        assert own == (200 if person == examined.subject.author else 404)


@pytest.mark.parametrize("state", ["pending", "refused"])
def test_a_committee_does_not_open_what_the_antivirus_did_not_clear(client, examined, state):
    Attachment.objects.update(state=state)
    client.force_login(SeatFactory(committee=examined.committee, declared=examined).user)

    page = client.get(examined.get_absolute_url())

    assertContains(page, "note.pdf (1 Ko)")
    assertContains(page, Attachment.State(state).label)
    assert client.get(enclosure(examined)).status_code == 404
