"""What a plan of assignments holds: its pairs, what it could not find, the lines it refused."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from base.fields import Line


class PlannedPair(models.Model):
    """A dossier that a plan entrusts to a member, and why; an assignment once it is applied."""

    plan = models.ForeignKey(
        "committees.Plan", models.CASCADE, related_name="pairs", editable=False
    )
    deliberation = models.ForeignKey(
        "committees.Deliberation", models.PROTECT, related_name="+", editable=False
    )
    seat = models.ForeignKey("committees.Seat", models.PROTECT, related_name="+", editable=False)
    why = Line(gettext_lazy("pourquoi ce membre"), max_length=300, editable=False)
    assignment = models.OneToOneField(
        "committees.Assignment",
        models.SET_NULL,
        null=True,
        related_name="planned",
        editable=False,
    )

    class Meta:
        verbose_name = gettext_lazy("paire d’un plan")
        verbose_name_plural = gettext_lazy("paires d’un plan")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "deliberation", "seat"], name="planned_pair_once_per_plan"
            )
        ]

    def __str__(self):
        return f"{self.deliberation} → {self.seat}"


class Gap(models.Model):
    """How many reviewers a plan could not find for a dossier, and why."""

    plan = models.ForeignKey("committees.Plan", models.CASCADE, related_name="gaps", editable=False)
    deliberation = models.ForeignKey(
        "committees.Deliberation", models.PROTECT, related_name="+", editable=False
    )
    missing = models.PositiveSmallIntegerField(editable=False)
    why = Line(max_length=300, editable=False)

    class Meta:
        verbose_name = gettext_lazy("manque d’un plan")
        verbose_name_plural = gettext_lazy("manques d’un plan")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "deliberation"], name="gap_once_per_plan_and_dossier"
            ),
            models.CheckConstraint(name="gap_lacks_somebody", condition=Q(missing__gte=1)),
        ]

    def __str__(self):
        return f"{self.deliberation} : {self.missing}"


class RefusedLine(models.Model):
    """A line of the file of a plan that makes no pair, and why."""

    plan = models.ForeignKey(
        "committees.Plan", models.CASCADE, related_name="refused_lines", editable=False
    )
    deliberation = models.ForeignKey(
        "committees.Deliberation", models.PROTECT, null=True, related_name="+", editable=False
    )
    number = models.PositiveIntegerField(editable=False)
    text = Line(max_length=300, editable=False)
    why = Line(max_length=300, editable=False)

    class Meta:
        verbose_name = gettext_lazy("ligne refusée")
        verbose_name_plural = gettext_lazy("lignes refusées")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="refused_line_once_per_plan")
        ]

    def __str__(self):
        return f"{self.number} : {self.text}"
