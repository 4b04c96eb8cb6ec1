"""Whether the journal still says what it said when it was sealed."""

from journal import erasure
from journal.models import Seal, Snapshot


def faults(*, expected=None):
    """What was edited, deleted or is missing, in sentences; `expected` is a digest noted earlier.

    What has not been sealed yet (the last ten minutes) cannot be vouched for.
    """
    yield from _faults_of_seals()
    if expected and not Seal.objects.filter(digest=expected).exists():
        yield f"no seal has the digest {expected}"
    for snapshot in Snapshot.objects.order_by("pk").iterator(chunk_size=1000):
        if not snapshot.is_genuine:
            yield f"snapshot {snapshot.pk}: its content is not what was hashed"
    yield from erasure.faults()


def _faults_of_seals():
    previous, follows = "", 1
    for seal in Seal.objects.order_by("last_event").iterator():
        if seal.previous != previous:
            yield f"seal {seal}: does not follow the one before"
        if seal.first_event != follows:
            yield f"seal {seal}: the events from {follows} on are not sealed"
        yield from seal.faults()
        previous, follows = seal.digest, seal.last_event + 1
