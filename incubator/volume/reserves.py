"""Who waits for a place: the reserve list of each call whose results are known."""

from calls.models import Reserve, ReservePlace


def write(stage, applications):
    """The places of each list, in the order of deposit."""
    lists = {call.pk: Reserve(call=call) for call in stage.calls}
    waiting = {}
    for row in applications:
        if row.status == "reserve":
            waiting.setdefault(row.call_id, []).append(row)
    Reserve.objects.bulk_create(lists[call] for call in waiting)
    ReservePlace.objects.bulk_create(
        (
            ReservePlace(reserve=lists[call], application=row, rank=rank, frozen_at=row.notified_at)
            for call, rows in waiting.items()
            for rank, row in enumerate(rows, 1)
        ),
        batch_size=2000,
    )
