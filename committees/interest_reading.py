"""What the interests of a round amount to, for those who conduct it: of the dossiers that they see.

Nothing here counts a dossier from which its reader is kept away.
"""

from math import ceil
from typing import Any, NamedTuple

from django.db.models import Count, Q

from base.calendar import today
from committees.detection import Facts, ties
from committees.models import Interest


class Voices(NamedTuple):
    """A dossier, how many voices no interest keeps away from it, and how many the quorum needs."""

    deliberation: Any
    left: int
    needed: int

    @property
    def falls_short(self):
        return self.left < self.needed


class RoundInterests:
    """The report of a round to a reader who conducts it."""

    def __init__(self, round, reader):
        self.round, self.committee = round, round.committee
        self.dossiers = round.deliberations.live().visible_to(reader)
        self.voices = self.committee.seats.active_on(today()).voting()
        self.standing = Interest.objects.standing().filter(deliberation__in=self.dossiers)

    def unjustified(self):
        """How many ties nobody has settled, and how many were held for true without a word."""
        detected = self.standing.filter(origin=Interest.Origin.DETECTED)
        of_people = detected.of_participants()
        return of_people.aggregate(
            open=Count("pk", filter=Q(status=Interest.Status.SUSPECTED)),
            unsaid=Count("pk", filter=Q(status=Interest.Status.CONFIRMED, settled_reason="")),
        )

    def mostly_out(self):
        """(seat, dossiers they are kept from, of how many): those out of more than half."""
        total = self.dossiers.count()
        kept = dict(
            self.standing.filter(person__in=self.voices.values("user"))
            .values_list("person")
            .annotate(Count("pk"))
            .filter(pk__count__gt=total / 2)
        )
        seats = self.voices.filter(user__in=kept.keys()).in_order()
        return [(seat, kept[seat.user_id], total) for seat in seats]

    def short_of_voices(self):
        """The `Voices` of each dossier that an interest takes one from, the fewest left first."""
        composition = self.voices.count()
        needed = ceil(composition * self.committee.quorum_percent / 100)
        standing = self.standing.filter(person__in=self.voices.values("user"))
        gone = dict(standing.values_list("deliberation").annotate(Count("pk")))
        dossiers = self.dossiers.filter(pk__in=gone.keys()).select_related("snapshot")
        found = [Voices(one, composition - gone[one.pk], needed) for one in dossiers]
        return sorted(found, key=lambda voices: (voices.left, voices.deliberation.pk))

    def ranks(self, interests):
        """{interest: (rank before, rank after)} where a late one made a review count no more."""
        visible = set(self.dossiers.values_list("pk", flat=True))
        changes = {}
        for interest in interests:
            for changed in interest.neutralisations.all():
                changes[interest.pk] = changed.ranks(among=visible)
        return changes


class Trial(NamedTuple):
    """What would be found of a person on a dossier, and the voices with and without them."""

    deliberation: Any
    sentences: list
    voices: Voices


def trials(round, person, dossiers):
    """A `Trial` of each of these dossiers, as though the person joined with a voice.

    Nothing is stored, and the person is told nothing.
    """
    committee = round.committee
    seats = committee.seats.active_on(today()).voting()
    already = seats.filter(user=person).exists()
    composition = seats.count() + (not already)
    needed = ceil(composition * committee.quorum_percent / 100)
    standing = Interest.objects.standing().filter(
        person__in=seats.exclude(user=person).values("user")
    )
    gone = dict(
        standing.filter(deliberation__in=dossiers).values_list("deliberation").annotate(Count("pk"))
    )
    found = []
    for deliberation in dossiers:
        sentences = ties(person, Facts.of(deliberation))
        left = composition - gone.get(deliberation.pk, 0) - bool(sentences)
        found.append(Trial(deliberation, sentences, Voices(deliberation, left, needed)))
    return found
