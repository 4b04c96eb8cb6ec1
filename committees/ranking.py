"""The order of a round's dossiers, by their own marks and by their marks set right."""

from dataclasses import dataclass

from committees.models import Review
from committees.severity import Place, adjusted, places


@dataclass(frozen=True)
class Ranking:
    """The Place of each dossier that has a mark, by key; the points that each member adds."""

    places: dict[int, Place]
    leanings: dict | None

    @property
    def sensible(self):
        """How many dossiers stand elsewhere once marks are set right."""
        return len(self.sensible_keys())

    def sensible_keys(self):
        return [key for key, place in self.places.items() if place.sensible]


def ranking_of(dossiers):
    """The Ranking of these deliberations, from the reviews that count and compare.

    Only what its reader may read enters it: give a queryset that is narrowed to them. Calibration
    dossiers have no place, and their reviews serve: everybody wrote one. `leanings` is None where
    the members do not compare (see `severity.adjusted`).
    """
    counted = Review.objects.handed_in().filter(
        comparable=True, assignment__deliberation__in=dossiers.values("pk")
    )
    reviews = counted.values_list("assignment__deliberation", "assignment__seat__user", "score")
    found = adjusted(reviews)
    scores = dict(dossiers.ranked().exclude(score=None).order_by().values_list("pk", "score"))
    return Ranking(places(scores, found.worths if found else {}), found.leanings if found else None)
