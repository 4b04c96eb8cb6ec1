"""The one way through the tables that never change: words and names leave, digests stay."""

import hashlib
import json

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models.functions import Now

from journal.models import Event, Snapshot
from journal.models.snapshot import ERASED


# The triggers read it: « content type:number » of what is being erased, in this transaction alone.
SETTING = "journal.erasing"
VERB = "{}.erased"


@transaction.atomic
def erase(subject, *, rows=()):
    """Replace what the journal says of an object by tombstones; the digest of what they still say.

    `rows` are pairs (queryset, columns): what upper floors keep of it in tables of the same kind.
    The triggers let nothing else through: this object, and only towards a tombstone. Safe to run
    twice: what is erased is left as it is. The verb above records it with the digest, or
    `verify_journal` names the object.
    """
    said = Event.objects.about(subject).filter(kept_digest="")
    with connection.cursor() as cursor:
        open_to(cursor, f"{ContentType.objects.get_for_model(subject).pk}:{subject.pk}")
        for event in said.exclude(verb=verb_of(subject)).select_for_update():
            tombstone = {"detail": {}, "actor": None, "request_id": "", "kept_digest": event.digest}
            Event.objects.filter(pk=event.pk).update(**tombstone)
        words = {"title": ERASED, "sections": [], "taken_by": None, "erased_at": Now()}
        Snapshot.objects.about(subject).filter(erased_at=None).update(**words)
        for queryset, columns in rows:
            queryset.update(**columns)
        open_to(cursor, "")
    return digest_of(subject)


def open_to(cursor, key):
    cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, key])


def verb_of(subject):
    return VERB.format(subject._meta.model_name)


def digest_of(subject):
    """SHA-256 (hex) of what tombstones still say: another date or verb no longer agrees."""
    events = Event.objects.about(subject).exclude(kept_digest="")
    said = [[e.pk, e.verb, f"{e.at:%Y%m%d%H%M%S%f}", e.kept_digest] for e in events]
    snapshots = Snapshot.objects.about(subject).exclude(erased_at=None)
    said += [[s.pk, f"{s.taken_at:%Y%m%d%H%M%S%f}", s.digest] for s in snapshots]
    text = json.dumps(said, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults():
    """Tombstones that no recorded erasure accounts for, in sentences."""
    erased = Event.objects.exclude(kept_digest="")
    kept = Snapshot.objects.exclude(erased_at=None)
    keys = {*erased.values_list("subject_type", "subject_id")}
    keys |= {*kept.values_list("subject_type", "subject_id")}
    for kind, number in sorted(keys):
        model = ContentType.objects.get_for_id(kind).model_class()
        subject = model(pk=number)
        last = Event.objects.about(subject).filter(verb=verb_of(subject)).last()
        if last is None or last.detail.get("tombstones") != digest_of(subject):
            yield f"{model._meta.label} {number}: its tombstones are not those that were recorded"
