"""What a count of votes decides: a pure function of the counts and of the rules of the ballot."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.methods import lot


class Threshold(models.TextChoices):
    MAJORITY = "majority", _("majorité : plus de la moitié")
    TWO_THIRDS = "two_thirds", _("majorité qualifiée : deux tiers au moins")
    UNANIMITY = "unanimity", _("unanimité : la totalité")


class Base(models.TextChoices):
    CAST = "cast", _("des votes exprimés, pour ou contre")
    PRESENT = "present", _("des membres présents ou représentés")
    COMPOSITION = "composition", _("des membres qui composent le comité")


class TieRule(models.TextChoices):
    CASTING_VOTE = "casting_vote", _("la voix de la présidence l’emporte")
    REJECTED = "rejected", _("la proposition est rejetée")
    REVOTE = "revote", _("un nouveau vote a lieu")
    LOT = "lot", _("un tirage au sort vérifiable départage")


@dataclass(frozen=True)
class Result:
    """Whether the proposal is adopted, and what made the difference where voices were equal.

    `undecided`: nothing did; neither adopted nor rejected, it awaits another vote.
    """

    adopted: bool
    by_casting_vote: bool = False
    by_lot: bool = False
    undecided: bool = False

    @property
    def label(self):
        if self.undecided:
            return _("partage égal des voix : un nouveau vote doit avoir lieu")
        if self.by_lot:
            if self.adopted:
                return _("proposition adoptée par tirage au sort, les voix étant égales")
            return _("proposition rejetée par tirage au sort, les voix étant égales")
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

    def result(self, *, threshold, base, tie_rule, seed=""):
        """Adopted or rejected; an equal division is parted as the rule says, where it parts.

        Décret n° 2006-672, art. 12. A tie rule parts equal voices; it makes up for none that two
        thirds, unanimity or the majority of the whole composition would ask.
        """
        if threshold == Threshold.TWO_THIRDS:
            return Result(self.in_favour > 0 and 3 * self.in_favour >= 2 * self.out_of(base))
        if threshold == Threshold.UNANIMITY:
            return Result(self.in_favour > 0 and self.in_favour == self.out_of(base))
        divided = self.in_favour == self.against and base != Base.COMPOSITION
        if divided and self.chair and tie_rule == TieRule.CASTING_VOTE:
            return Result(self.chair == "for", by_casting_vote=True)
        if divided and self.in_favour and tie_rule == TieRule.REVOTE:
            return Result(adopted=False, undecided=True)
        if divided and self.in_favour and tie_rule == TieRule.LOT:
            drawn = lot.drawn(seed, ["for", "against"])
            return Result(drawn[0] == "for", by_lot=True)
        return Result(2 * self.in_favour > self.out_of(base))
