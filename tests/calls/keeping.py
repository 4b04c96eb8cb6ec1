"""What has been kept for long, and what is said of it; the clock never moves, dates of rows do."""

from datetime import timedelta

from django.utils import timezone

from calls.models import Application
from incubator.invariants import faults as broken_rules
from journal import verification
from notifications.models import Message
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    AttachmentFactory,
    CallFactory,
    CoApplicantFactory,
)
from tests.spoiling import spoil


def ago(**delta):
    return timezone.now() - timedelta(**delta)


def fresh(application):
    return Application.objects.get(pk=application.pk)


def told():
    letters = Message.objects.filter(notice="calls/erasure_near")
    return sorted(letters.values_list("address", flat=True))


def announced(application, *, days=31):
    """Its people were told, and their letters left so many days ago."""
    application.announce_erasure()
    letters = Message.objects.filter(notice="calls/erasure_near", erased_at=None)
    letters.update(status="sent", sent_at=ago(days=days))
    return application


def forgotten_draft():
    """A draft that its call left behind more than a year ago."""
    return ApplicationFactory(call=CallFactory(opens_at=ago(days=500), closes_at=ago(days=370)))


def old_deposit():
    """Deposited with a file, signed and shared, then withdrawn more than two years ago."""
    application = ApplicationFactory(call__opens_at=ago(days=900))
    ApprovalFactory(application=application, approved=True)
    CoApplicantFactory(application=application, accepted=True)
    AttachmentFactory(application=application)
    application.deposit(by=application.author)
    application.withdraw(by=application.author)
    at, moved = ago(days=760), "UPDATE calls_application SET withdrawn_at = %s, deposited_at = %s"
    spoil(f"{moved} WHERE id = %s", ago(days=740), at, application.pk)
    spoil("UPDATE calls_receipt SET deposited_at = %s", at)
    application.refresh_from_db()
    return application


def healthy():
    return [sentence for _floor, sentence, ids in broken_rules() if ids] + list(
        verification.faults()
    )
