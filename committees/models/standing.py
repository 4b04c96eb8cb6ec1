"""What a contest comes to: counted again from its papers or its urn, for whoever reads."""

from collections import Counter
from copy import copy

from django.db import models
from django.db.models import Avg, F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.methods import BY_NAME, Order, lot
from committees.models.interest import Interest
from committees.models.paper import PaperLine
from committees.models.review import Answer, Review


class Grade(models.IntegerChoices):
    """The mentions of the majority judgement, worst to best."""

    REJECT = 0, gettext_lazy("à rejeter")
    POOR = 1, gettext_lazy("insuffisant")
    FAIR = 2, gettext_lazy("passable")
    GOOD = 3, gettext_lazy("assez bien")
    VERY_GOOD = 4, gettext_lazy("bien")
    EXCELLENT = 5, gettext_lazy("très bien")


class Standing(models.Model):
    """The part of a contest that counts, apart so that each file fits in the head."""

    Grade = Grade
    instant = None  # of which its counts tell: see `as_of`

    class Meta:
        abstract = True

    def as_of(self, instant):
        """The same contest counted as it was when it stood proclaimed, whatever came since."""
        then = copy(self)
        then.instant = instant
        return then

    @property
    def counting(self):
        """The method, as pure functions."""
        return BY_NAME[self.method]

    def fault_of(self, values, judged):
        """The sentence that says why a paper on these candidates is not of the method, or None."""
        if set(values) != set(judged):
            return _("La liste des dossiers à juger a changé : actualisez la page.")
        highest = self.highest(len(judged))
        if not all(0 <= value <= highest for value in values.values()):
            return _("Une réponse sort de ce que ce scrutin permet.")
        if self.shares_points and sum(values.values()) > highest:
            return _("Vous répartissez plus de %(points)s points.") % {"points": highest}
        return None

    @property
    def shares_points(self):
        return self.method == "points" and self.scale == "shared"

    def highest(self, judged):
        """The greatest number that a paper on so many candidates may hold."""
        if self.method == "points":
            return self.points * judged if self.scale == "shared" else self.points
        return {"approval": 1, "ranking": judged, "judgement": max(Grade.values)}[self.method]

    def counts(self):
        """How many times each line was counted; of a secret vote, nothing before the end."""
        if self.secret:
            return Counter(self.urn.counts if self.is_over or self.instant else {})
        papers = {}
        lines = self.lines().values_list("paper", "candidate", "value")
        for paper, candidate, value in lines:
            papers.setdefault(paper, {})[candidate] = value
        return Counter(line for paper in papers.values() for line in self.counting.count(paper))

    def lines(self):
        """What the papers say that counts."""
        return PaperLine.objects.counting(self.instant).filter(paper__contest=self)

    def took_part(self):
        """How many voted, those left out of whose paper nothing counts."""
        return self.voted_seats().count() if self.secret else self.lines().distinct("paper").count()

    def order(self, candidates=None):
        """The order of candidates' keys, all or some, its ties parted as the rule says."""
        if candidates is None:
            candidates = list(self.candidates.values_list("pk", flat=True))
        return self.counting.order(candidates, self.counts()).parted(self.parting(candidates))

    def parting(self, candidates):
        """The tie rule, as a function from the keys of those tied to their groups."""
        keys = {
            "kept": dict,
            "criterion": self._means,
            "casting_vote": self._voice_of_the_chair,
            "lot": self._drawn,
        }[self.tie_rule]()

        def parted(group):
            if not all(pk in keys for pk in group):
                return [group]
            return Order.by(keys.get, group).groups

        return parted

    def _means(self):
        """The mean level of the reviews that count on the criterion, out of those that have one."""
        counted = Answer.objects.filter(
            criterion=self.criterion,
            level__isnull=False,
            review__in=Review.objects.counted(self.instant),
            review__assignment__deliberation__agenda_items__candidacies__contest=self,
        )
        counted = counted.annotate(
            candidate=F("review__assignment__deliberation__agenda_items__candidacies")
        ).filter(candidate__in=self.candidates.values("pk"))
        means = counted.values("candidate").annotate(mean=Avg("level__score")).order_by()
        return {row["candidate"]: row["mean"] for row in means}

    def _voice_of_the_chair(self):
        """What the chair said in person of each; better is greater."""
        papers = self.papers.filter(seat__capacity="chair", cast_by=F("seat__user"))
        said = dict(self.lines().filter(paper__in=papers).values_list("candidate", "value"))
        if self.method != "ranking":
            return said
        return {pk: -(rank or len(said) + 1) for pk, rank in said.items()}

    def _drawn(self):
        """The places that the lot gives, the first the greatest; by the hash of each dossier."""
        rows = self.candidates.values_list("pk", "item__deliberation__snapshot__digest")
        digests = dict(rows)
        places = {name: -n for n, name in enumerate(lot.drawn(self.seed, digests.values()))}
        return {pk: places[digest] for pk, digest in digests.items()}

    def voters(self, user):
        """How many electors of what a reader may see have voted."""
        return self.voted_seats().exclude(seat__in=self.barred_for(user)).count()

    def awaited_for(self, user):
        """Those of them whose vote lacks."""
        return self.awaited_seats().exclude(pk__in=self.barred_for(user))

    def barred_for(self, user):
        """The seats kept away from all that a reader may see: for them, they do not vote."""
        return self.barred(self.candidates.visible_to(user))

    def barred(self, candidates):
        """The seats kept away from all of these candidates."""
        kept_away = list(self.kept_away(candidates).values())
        return set.intersection(*kept_away) if kept_away else set()

    def kept_away(self, candidates):
        """For each candidate, the voting seats whose person has an interest in it."""
        out = {pk: set() for pk in candidates.values_list("pk", flat=True)}
        interests = Interest.objects.standing().filter(
            deliberation__agenda_items__candidacies__in=candidates
        )
        seats = dict(self.sitting.seats().voting().values_list("user", "pk"))
        pairs = interests.values_list("deliberation__agenda_items__candidacies", "person")
        for candidate, person in pairs:
            if candidate in out and person in seats:
                out[candidate].add(seats[person])
        return out
