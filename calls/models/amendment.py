"""What is written after a deposit, and counts only once it is deposited in its turn."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from calls.models.heading import Heading
from calls.models.question import Question


class AmendmentQuerySet(models.QuerySet):
    def open(self):
        """Not deposited and not set aside: at most one for an application."""
        return self.filter(closed_at=None)

    def typed(self):
        """Where something was written."""
        return self.exclude(edited_at=None)

    def aside(self):
        """Closed without a deposit, with something written."""
        return self.typed().filter(receipt=None, closed_at__isnull=False).order_by("-pk")


class Amendment(Heading):
    """The changes to a deposited application: the deposit before them counts until their own.

    Deposited, it has its receipt; set aside (dropped, or checked by the team meanwhile), it stays
    readable by those who wrote it, and by nobody else.
    """

    application = models.ForeignKey(
        "calls.Application", models.CASCADE, editable=False, related_name="amendments"
    )
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    receipt = models.OneToOneField(
        "calls.Receipt", models.PROTECT, null=True, editable=False, related_name="amendment"
    )

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("modification d’un dépôt")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(closed_at=None),
                name="amendment_open_once_per_application",
            ),
            models.CheckConstraint(
                name="amendment_closed_once_deposited",
                condition=Q(receipt=None) | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return _("Modifications de %(application)s") % {"application": self.application}

    @classmethod
    def begin(cls, application, *, by):
        """Start from what counts now."""
        amendment = cls(application=application, opened_by=by)
        amendment.take_heading(application)
        amendment.save(force_insert=True)
        return amendment

    def close(self, *, receipt=None):
        """Deposited, with its receipt; or set aside."""
        Amendment.objects.filter(pk=self.pk).update(closed_at=Now(), receipt=receipt)

    @property
    def is_open(self):
        return self.closed_at is None


class AmendedAnswer(models.Model):
    """An answer written anew since the deposit, beside the one that counts."""

    amendment = models.ForeignKey(
        "calls.Amendment", models.CASCADE, editable=False, related_name="answers"
    )
    key = models.SlugField(max_length=20, editable=False)
    text = Prose(gettext_lazy("réponse"), max_length=Question.LONG_LENGTH, blank=True)
    version = models.PositiveIntegerField(editable=False)
    edited_at = models.DateTimeField(db_default=Now(), editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = gettext_lazy("réponse modifiée")
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "key"], name="amended_answer_once_per_question"
            )
        ]

    def __str__(self):
        return f"{self.amendment} {self.key}"
