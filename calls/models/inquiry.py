"""What people ask about a call, and what the team answers to all of them at once."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Held, Refused
from calls import notices
from calls.models.call import Call
from journal.models import Event


class InquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The answered ones, for all; those without an answer, for who asked and for the team."""
        if user.is_staff:
            return self
        return self.public() | self.filter(asked_by_id=user.pk, call__in=Call.objects.public())

    def public(self):
        return self.filter(answered_at__isnull=False, call__in=Call.objects.public())

    def answerable_by(self, user):
        """The team's, whether or not there is an answer already: it may be made clearer."""
        return self if user.is_staff else self.none()

    def waiting(self):
        return self.filter(answered_at=None)

    def in_reading_order(self):
        """Those that await an answer first, then the last answered."""
        return self.order_by(F("answered_at").desc(nulls_first=True), "-pk")


class Inquiry(Held):
    """A question about a call and its answer, published without saying who asked."""

    MOST_WAITING = 5

    call = models.ForeignKey("calls.Call", models.PROTECT, editable=False, related_name="inquiries")
    text = Prose(gettext_lazy("question"), max_length=1000)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    answer = Prose(gettext_lazy("réponse"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("question sur un appel")
        verbose_name_plural = gettext_lazy("questions sur un appel")
        constraints = [
            models.CheckConstraint(
                name="inquiry_answered_with_words_when_and_by_whom",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | Q(answer__regex=r"\S", answered_at__isnull=False, answered_by__isnull=False),
                violation_error_message=gettext_lazy("Écrivez une réponse."),
            ),
            models.CheckConstraint(
                name="inquiry_asks_something",
                condition=Q(text__regex=r"\S"),
                violation_error_message=gettext_lazy("Écrivez une question."),
            ),
        ]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return reverse("calls:inquiry-list", args=[self.call.slug])

    @classmethod
    @transaction.atomic
    def ask(cls, *, by, call, text):
        """Ask the team, in public: what it answers, all will read."""
        call.hold(
            Call.objects.questionable(), refusal=_("On ne pose plus de question sur cet appel.")
        )
        if cls.objects.waiting().filter(call=call, asked_by=by).count() >= cls.MOST_WAITING:
            raise Refused(
                _("Plusieurs de vos questions attendent déjà une réponse : attendez-la."),
                subject=call,
            )
        inquiry = cls.objects.create(call=call, text=text, asked_by=by)
        Event.record("inquiry.asked", actor=by, subject=call)
        return inquiry

    @classmethod
    @transaction.atomic
    def publish(cls, *, by, call, text, answer):
        """Answer before anyone asks."""
        inquiry = cls.ask(by=by, call=call, text=text)
        inquiry.reply(by=by, text=text, answer=answer)
        return inquiry

    @transaction.atomic
    def reply(self, *, by, text, answer):
        """Publish the answer, or a clearer one; the question may be reworded, to name nobody."""
        self.hold(
            Inquiry.objects.answerable_by(by),
            refusal=_("Seule l’équipe de l’incubateur répond aux questions."),
        )
        first = self.answered_at is None
        Inquiry.objects.filter(pk=self.pk).update(
            text=text, answer=answer, answered_at=Now(), answered_by=by
        )
        self.refresh_from_db()
        Event.record("inquiry.answered", actor=by, subject=self.call)
        if first and self.asked_by_id != by.pk:
            notices.inquiry_answered(self)
