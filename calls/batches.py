"""The batches of a rolling call: what each round of its committee examined, and was answered."""

from collections import Counter
from typing import Any, NamedTuple

from calls.models.status import DECIDED, ApplicationStatus
from committees.models import Deliberation, Round


class Batch(NamedTuple):
    """The dossiers of a call in one round: to be told, under way, adjourned, told already."""

    round: Any
    ready: int
    waiting: int
    adjourned: int
    told: int


def batches_of(call, user):
    """Those of all its rounds, the last first, as far as someone of the team may see them.

    Two queries for any number.
    """
    counts = Counter()
    examined = call.applications.handled_by(user).with_rounds().filter(in_round__isnull=False)
    examined = examined.with_untold()
    for row in examined.values_list("in_round", "status", "examination", "is_untold"):
        round, step = row[0], _step_of(*row[1:])
        counts[round, step] += 1
    rounds = Round.objects.in_bulk({round for round, _step in counts})
    return [
        Batch(rounds[pk], *(counts[pk, step] for step in Batch._fields[1:]))
        for pk in sorted(rounds, reverse=True)
    ]


def _step_of(status, examination, is_untold):
    if status in DECIDED and examination != Deliberation.Status.CONCLUDED:
        return "left"  # its appeal is examined: its people know the answer that it contests
    if status in DECIDED:
        return "ready" if is_untold else "told"
    if status != ApplicationStatus.EXAMINED:
        return "left"
    return "adjourned" if examination == Deliberation.Status.ADJOURNED else "waiting"
