from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models.agenda import AgendaItem


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those whose dossier the reader may see: for the others, they are not compared at all."""
        return self.filter(item__in=AgendaItem.objects.visible_to(user))

    def in_order(self):
        return self.select_related("item__deliberation__snapshot").order_by("item__position", "pk")


class Candidate(models.Model):
    """A dossier of the agenda that a contest compares with the others."""

    contest = models.ForeignKey(
        "committees.Contest", models.PROTECT, editable=False, related_name="candidates"
    )
    item = models.ForeignKey(
        "committees.AgendaItem", models.PROTECT, editable=False, related_name="candidacies"
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier comparé")
        constraints = [
            models.UniqueConstraint(fields=["contest", "item"], name="candidate_once_per_contest")
        ]

    def __str__(self):
        return str(self.item)


class Paper(models.Model):
    """What one seat answers in an open contest, itself or by its proxy; changed until the end."""

    contest = models.ForeignKey(
        "committees.Contest", models.PROTECT, editable=False, related_name="papers"
    )
    seat = models.ForeignKey("committees.Seat", models.PROTECT, editable=False, related_name="+")
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    cast_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("bulletin")
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "seat"],
                name="paper_once_per_elector",
                violation_error_message=_("Ce siège a déjà voté : actualisez la page."),
            ),
        ]

    def __str__(self):
        return f"{self.contest} ({self.seat})"


class PaperLineQuerySet(models.QuerySet):
    def counting(self, at=None):
        """Those that no late declaration of interest has neutralised; or had, at an instant."""
        since = Q() if at is None else Q(neutralised_at__gt=at)
        return self.filter(Q(neutralised_at=None) | since)


class PaperLine(models.Model):
    """What a paper says of one candidate: approved or not, its rank, its grade, its points."""

    paper = models.ForeignKey(
        "committees.Paper", models.PROTECT, editable=False, related_name="lines"
    )
    candidate = models.ForeignKey(
        "committees.Candidate", models.PROTECT, editable=False, related_name="+"
    )
    value = models.PositiveSmallIntegerField(editable=False)
    neutralised_at = models.DateTimeField(null=True, editable=False)

    objects = PaperLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ligne de bulletin")
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "candidate"], name="paperline_once_per_candidate"
            ),
            models.CheckConstraint(
                name="paperline_value_is_sensible", condition=Q(value__lte=10_000)
            ),
        ]

    def __str__(self):
        return f"{self.candidate} : {self.value}"
