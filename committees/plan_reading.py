"""What a plan shows to a reader: of the dossiers that they may see, and of no other."""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from committees.models.assignment import Assignment
from committees.models.deliberation import Deliberation
from committees.models.planned import PlannedPair


class Row(NamedTuple):
    """A dossier of a plan: who has it already, whom the plan adds, what it could not find."""

    deliberation: Any
    kept: list
    pairs: list
    gap: Any


class PlanReading:
    """The questions that the page of a plan asks."""

    def dossiers_for(self, user):
        """Those that the plan is about and that a reader may see."""
        here = {"plan": self, "deliberation": OuterRef("pk")}
        about = Q(Exists(PlannedPair.objects.filter(**here))) | Q(
            Exists(self.gaps.model.objects.filter(**here))
        )
        visible = Deliberation.objects.visible_to(user).filter(about, round=self.round_id)
        return visible.select_related("snapshot").order_by("pk")

    def gaps_for(self, user):
        gaps = self.gaps.filter(deliberation__in=Deliberation.objects.visible_to(user))
        return gaps.select_related("deliberation__snapshot").order_by("-missing", "deliberation")

    def refused_lines_for(self, user):
        """To who sent the file alone, as long as they may see the dossiers that it names."""
        if user.pk != self.made_by_id:
            return self.refused_lines.none()
        visible = Deliberation.objects.visible_to(user)
        lines = self.refused_lines.filter(Q(deliberation=None) | Q(deliberation__in=visible))
        return lines.order_by("number")

    def rows(self, deliberations):
        """A `Row` for each of these."""
        kept, pairs = defaultdict(list), defaultdict(list)
        assignments = Assignment.objects.counting().filter(deliberation__in=deliberations)
        others = assignments.exclude(planned__plan=self).select_related("seat__user")
        for assignment in others.order_by("pk"):
            kept[assignment.deliberation_id].append(assignment)
        planned = self.pairs.filter(deliberation__in=deliberations)
        for pair in planned.select_related("seat__user", "assignment").order_by("seat"):
            pairs[pair.deliberation_id].append(pair)
        gaps = {g.deliberation_id: g for g in self.gaps.filter(deliberation__in=deliberations)}
        return [Row(one, kept[one.pk], pairs[one.pk], gaps.get(one.pk)) for one in deliberations]

    def loads_for(self, user):
        """(seat, dossiers without the plan, dossiers with it), of what a reader may see."""
        visible = Deliberation.objects.visible_to(user).filter(round=self.round_id)
        pairs = self.pairs.filter(deliberation__in=visible)
        added = dict(pairs.values_list("seat").annotate(Count("pk")))
        others = Assignment.objects.counting().exclude(planned__plan=self)
        others = others.filter(deliberation__in=visible).values_list("seat")
        before = Counter(dict(others.annotate(Count("pk"))))
        seats = self.round.committee.seats.filter(pk__in=added.keys()).in_order()
        return [(seat, before[seat.pk], before[seat.pk] + added[seat.pk]) for seat in seats]
