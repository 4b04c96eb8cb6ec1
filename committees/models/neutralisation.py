from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy


class Neutralisation(models.Model):
    """What a late interest changed: a mark that its review had weighed on, and so maybe a rank.

    Keeps every mark of the round as it stood, so that each reader is shown the ranks among the
    dossiers that they may see, and not among the others.
    """

    interest = models.ForeignKey(
        "committees.Interest", models.PROTECT, related_name="neutralisations", editable=False
    )
    happened_at = models.DateTimeField(default=timezone.now, editable=False)
    marks = models.JSONField(editable=False)  # dossier → mark, just before
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("neutralisation")
        verbose_name_plural = gettext_lazy("neutralisations")
        constraints = [
            models.CheckConstraint(
                name="neutralisation_keeps_a_possible_mark",
                condition=Q(score=None) | Q(score__range=(0, 100)),
            )
        ]

    def __str__(self):
        return str(self.interest)

    def ranks(self, among=None):
        """(before, after) of its dossier, None without a mark; `among` these keys, or all."""
        key = str(self.interest.deliberation_id)
        marks = {
            dossier: float(mark)
            for dossier, mark in self.marks.items()
            if among is None or int(dossier) in among
        }
        others = [mark for dossier, mark in marks.items() if dossier != key]

        def rank(mark):
            return None if mark is None else 1 + sum(other > mark for other in others)

        return rank(marks.get(key)), rank(None if self.score is None else float(self.score))

    def moves_the_ranking(self):
        before, after = self.ranks()
        return before != after
