"""The rules of what must have gone, in the storage and in the tables."""

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, Subquery

from calls.kept import is_settled, written_files
from calls.models import (
    Amendment,
    Answer,
    Application,
    Approval,
    Attachment,
    CoApplicant,
    Correction,
    Export,
    Receipt,
    Sketch,
)
from journal.models import Event, Snapshot


def an_export_has_its_file():
    """Each file that is ready for who asked is where it was written."""
    ready = Export.objects.filter(status=Export.Status.READY).values_list("pk", "path")
    return (pk for pk, path in ready.iterator() if not default_storage.exists(path))


def a_written_file_has_its_export():
    """No file made for someone outlives its export, an hour after it was written."""
    known = set(Export.objects.exclude(path="").values_list("path", flat=True))
    return (path for path in written_files() if path not in known and is_settled(path))


def nothing_is_left_of_an_erased_application():
    """Of an erased application remain its tombstone, its dates and its digests."""
    erased = Application.objects.filter(status=Application.Status.ERASED)
    about = {
        "subject_type": ContentType.objects.get_for_model(Application),
        "subject_id": OuterRef("pk"),
    }
    said = Event.objects.filter(**about, kept_digest="").exclude(verb="application.erased")
    before = said.filter(pk__lt=Subquery(_last_erasure(about)))
    left = Q(Exists(before)) | Q(Exists(Snapshot.objects.filter(**about, erased_at=None)))
    for model in [Answer, Amendment, Approval, Attachment, CoApplicant, Correction, Sketch]:
        left |= Q(Exists(model.objects.filter(application=OuterRef("pk"))))
    named = Receipt.objects.filter(application=OuterRef("pk"), deposited_by__isnull=False)
    return erased.filter(left | Q(Exists(named)) | Q(erasure=None)).values_list("pk", flat=True)


def _last_erasure(about):
    return Event.objects.filter(**about, verb="application.erased").order_by("-pk").values("pk")[:1]


INVARIANTS = [
    an_export_has_its_file,
    a_written_file_has_its_export,
    nothing_is_left_of_an_erased_application,
]
