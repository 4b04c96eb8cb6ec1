from datetime import timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


SLOT = 5  # minutes
KEPT = timedelta(days=60)  # after the hard close of its round


class ReviewVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, as long as one may read one's sheet."""
        sheets = ReviewVersion.review.field.related_model.objects.visible_to(user)
        return self.filter(review__in=sheets, review__assignment__seat__user=user)

    def latest_first(self):
        return self.order_by("-number")

    def outdated(self):
        """Those that were overtaken by another, in rounds closed for long."""
        old = self.filter(
            review__assignment__deliberation__round__closes_at__lt=timezone.now() - KEPT
        )
        return old.filter(number__lt=F("review__version"))


class ReviewVersion(models.Model):
    """What a review said at one of its saves: the last one of each five minutes of writing.

    For its author alone; what was handed in is the last of them. Forgotten, but for that last,
    sixty days after the round's hard close.
    """

    review = models.ForeignKey(
        "committees.Review", models.CASCADE, related_name="versions", editable=False
    )
    number = models.PositiveIntegerField(editable=False)
    slot = models.DateTimeField(editable=False)
    saved_at = models.DateTimeField(editable=False)
    answers = models.JSONField(default=list, editable=False)
    comment = models.TextField(blank=True, editable=False)
    feedback = models.TextField(blank=True, editable=False)

    objects = ReviewVersionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("version d’une évaluation")
        verbose_name_plural = gettext_lazy("versions d’une évaluation")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "slot"], name="reviewversion_once_per_five_minutes"
            )
        ]

    def __str__(self):
        return _("Version %(number)s") % {"number": self.number}

    @classmethod
    def keep(cls, review, answers):
        """Note what was just saved; `answers` are those that `Review.write` takes."""
        said = [
            [
                criterion.label,
                str(level or (_("sans objet") if not_applicable else "")),
                justification,
            ]
            for criterion, level, not_applicable, justification in answers
            if level or not_applicable or justification
        ]
        start = review.saved_at.replace(second=0, microsecond=0)
        return cls.objects.update_or_create(
            review=review,
            slot=start - timedelta(minutes=start.minute % SLOT),
            defaults={
                "number": review.version,
                "saved_at": review.saved_at,
                "answers": said,
                "comment": review.comment,
                "feedback": review.feedback,
            },
        )[0]
