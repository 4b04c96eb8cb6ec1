"""What is left of an application that is erased, and the one way that leads there."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from base.lifecycle import Refused
from calls.models import (
    Answer,
    Application,
    Approval,
    Attachment,
    CoApplicant,
    Erasure,
    Export,
    Receipt,
)
from calls.tasks import announce_erasures
from incubator.tasks import purge
from journal import verification
from journal.models import Event, Seal, Snapshot
from notifications.models import Message
from tests.calls.keeping import announced, forgotten_draft, fresh, healthy, old_deposit
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    AttachmentFactory,
    CoApplicantFactory,
    UserFactory,
)
from tests.spoiling import spoil


def test_a_draft_leaves_its_tombstone_alone(django_capture_on_commit_callbacks):
    draft = forgotten_draft()
    ApprovalFactory(application=draft)
    CoApplicantFactory(application=draft)
    path = AttachmentFactory(application=draft).path
    announced(draft)

    with django_capture_on_commit_callbacks(execute=True):
        purge()

    left = fresh(draft)
    assert (left.status, left.title, left.author, left.entity) == ("erased", "", None, None)
    assert not any(model.objects.exists() for model in [Answer, Approval, CoApplicant, Attachment])
    assert not default_storage.exists(path)
    stone = left.erasure
    assert (stone.former_status, stone.files, stone.versions, stone.people) == ("draft", 1, 0, 1)
    assert not Message.objects.filter(address=draft.author.email).exists()
    assert healthy() == []


def test_a_deposit_keeps_its_dates_and_the_digests_of_what_was_given(
    django_capture_on_commit_callbacks,
):
    application = old_deposit()
    snapshot = Snapshot.objects.about(application).get()
    at = application.deposited_at
    Seal.extend(before=timezone.now() + timedelta(minutes=1))
    announced(application)
    paths = list(Attachment.objects.values_list("path", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        purge()

    receipt = Receipt.objects.get()
    assert (receipt.depositor, receipt.deposited_by) == ("", None)
    assert receipt.snapshot.digest == snapshot.digest
    assert (receipt.snapshot.title, receipt.snapshot.sections) == ("Contenu effacé", [])
    assert fresh(application).deposited_at == at
    assert paths and not any(default_storage.exists(path) for path in paths)
    events = Event.objects.about(application).exclude(verb="application.erased")
    assert events and {(event.actor_id, str(event.detail)) for event in events} == {(None, "{}")}
    assert healthy() == []


def test_nobody_reads_what_is_erased():
    application = announced(old_deposit())
    author, staff = application.author, UserFactory(staff=True)
    colleague = CoApplicant.objects.get().person

    purge()

    for person in [author, staff, colleague]:
        assert not Application.objects.visible_to(person).exists()


def test_a_second_night_finds_nothing():
    announced(old_deposit())
    purge()
    events, messages = Event.objects.count(), Message.objects.count()

    purge()
    announce_erasures()

    assert (Event.objects.count(), Message.objects.count()) == (events, messages)
    assert Erasure.objects.count() == 1
    with pytest.raises(Refused):
        Erasure.purge(Application.objects.get())


def test_a_dry_run_counts_and_changes_nothing():
    announced(forgotten_draft())
    said = StringIO()

    call_command("purge", dry_run=True, stdout=said)

    assert said.getvalue().splitlines()[0] == "applications: 1 due"
    assert Application.objects.get().title
    said = StringIO()
    call_command("purge", stdout=said)
    assert said.getvalue().splitlines()[0] == "applications: 1 erased"


def test_a_file_that_someone_asked_for_goes_with_the_dossier_in_it():
    application = announced(old_deposit())
    export = Export.objects.create(
        person=UserFactory(staff=True),
        format="csv",
        subjects=[application.pk],
        status="ready",
        path="exports/x.csv",
        ready_at=timezone.now(),
    )

    purge()

    export.refresh_from_db()
    assert export.status == "expired"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE calls_receipt SET depositor = '', deposited_by_id = NULL",
        "UPDATE journal_snapshot SET title = 'Contenu effacé', sections = '[]', taken_by_id = NULL,"
        " erased_at = now()",
        "UPDATE journal_event SET detail = '{}', actor_id = NULL, request_id = '',"
        " kept_digest = repeat('0', 64)",
    ],
)
def test_no_other_way_leads_to_a_tombstone(sql):
    old_deposit()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE calls_receipt SET depositor = 'Une autre'",
        "UPDATE calls_receipt SET version = 7, depositor = '', deposited_by_id = NULL",
        "UPDATE journal_snapshot SET title = 'Autre'",
        "UPDATE journal_event SET verb = 'thing.done', kept_digest = repeat('0', 64)",
        "DELETE FROM journal_event",
    ],
)
def test_even_open_the_way_leads_only_to_a_tombstone(sql):
    application = old_deposit()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        cursor = connection.cursor()
        kind = Event.objects.about(application).first().subject_type_id
        cursor.execute(
            "SELECT set_config('journal.erasing', %s, true)", [f"{kind}:{application.pk}"]
        )
        cursor.execute(sql)


def test_the_way_opens_to_one_object_alone():
    one, other = old_deposit(), ApplicationFactory()
    other.deposit(by=other.author)
    announced(one)

    purge()

    assert Snapshot.objects.about(other).get().erased_at is None
    assert Receipt.objects.get(application=other).depositor


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE calls_application SET title = 'Alerte'",
        "UPDATE calls_application SET author_id = (SELECT min(id) FROM accounts_user)",
    ],
)
def test_the_database_refuses_words_to_what_is_erased(sql):
    announced(forgotten_draft())
    purge()

    with pytest.raises(IntegrityError, match="application_erased_holds_no_words"):
        connection.cursor().execute(sql)


def test_the_database_refuses_an_application_of_nobody():
    application = ApplicationFactory()

    with pytest.raises(IntegrityError, match="application_erased_holds_no_words"):
        Application.objects.filter(pk=application.pk).update(author=None)


def test_a_tombstone_that_was_tampered_with_is_named():
    application = announced(old_deposit())
    purge()
    assert healthy() == []

    spoil(
        "UPDATE journal_event SET at = now()"
        " WHERE subject_id = %s AND verb = 'application.withdrawn'",
        application.pk,
    )

    assert list(verification.faults()) == [
        f"calls.Application {application.pk}: its tombstones are not those that were recorded"
    ]
