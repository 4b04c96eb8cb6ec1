from journal.models import Seal, Snapshot


def a_snapshot_keeps_its_hash():
    """The hash of a snapshot recomputes from what is stored."""
    return [s.pk for s in Snapshot.objects.iterator(chunk_size=1000) if not s.is_genuine]


def the_chain_of_seals_is_whole():
    """Each seal of the journal follows the one before."""
    broken, previous = [], ""
    for seal in Seal.objects.order_by("last_event").iterator():
        if seal.previous != previous:
            broken.append(seal.pk)
        previous = seal.digest
    return broken


INVARIANTS = [a_snapshot_keeps_its_hash, the_chain_of_seals_is_whole]
