"""What a count of votes decides: a pure function of the counts and of the rules of the ballot."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Threshold(models.TextChoices):
    MAJORITY = "majority", _("majorité : plus de la moitié")
    TWO_THIRDS = "two_thirds", _("majorité qualifiée : deux tiers au moins")


class Base(models.TextChoices):
    CAST = "cast", _("des votes exprimés, pour ou contre")
    PRESENT = "present", _("des membres présents ou représentés")
    COMPOSITION = "composition", _("des membres qui composent le comité")


class TieRule(models.TextChoices):
    CASTING_VOTE = "casting_vote", _("la voix de la présidence l’emporte")
    REJECTED = "rejected", _("la proposition est rejetée")


@dataclass(frozen=True)
class Result:
    """Whether the proposal is adopted, and whether the chair's voice made the difference."""

    adopted: bool
    by_casting_vote: bool = False

    @property
    def label(self):
        if self.by_casting_vote:
            if self.adopted:
                return _("proposition adoptée, la voix de la présidence l’emportant")
            return _("proposition rejetée, la voix de la présidence l’emportant")
        return _("proposition adoptée") if self.adopted else _("proposition rejetée")


@dataclass(frozen=True)
class Tally:
    """The votes that count. `silent`: were there or represented, and said nothing.

    `chair` is what the chair said in person (« for », « against »), or "" when away, represented,
    out on the item or abstaining.
    """

    in_favour: int = 0
    against: int = 0
    abstaining: int = 0
    silent: int = 0
    composition: int = 0
    chair: str = ""

    def out_of(self, base):
        """How many the threshold is a share of."""
        return {
            Base.CAST: self.in_favour + self.against,
            Base.PRESENT: self.in_favour + self.against + self.abstaining + self.silent,
            Base.COMPOSITION: self.composition,
        }[base]

    def result(self, *, threshold, base, tie_rule):
        """Adopted or rejected; an equal division goes to the chair's voice where the rule says so.

        Décret n° 2006-672, art. 12. A casting vote parts equal voices; it makes up for none that
        two thirds, or the majority of the whole composition, would ask.
        """
        if threshold == Threshold.TWO_THIRDS:
            return Result(self.in_favour > 0 and 3 * self.in_favour >= 2 * self.out_of(base))
        divided = self.in_favour == self.against and base != Base.COMPOSITION
        if divided and self.chair and tie_rule == TieRule.CASTING_VOTE:
            return Result(self.chair == "for", by_casting_vote=True)
        return Result(2 * self.in_favour > self.out_of(base))
