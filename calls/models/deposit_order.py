"""The deposit that an applicant asks the house to make for her, just before the closing."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from calls import notices
from calls.models.application import Application
from journal.models import Event


# Before the closing and never after it: late is late for everyone, the house included. Ten
# minutes leave ten tries, and the time to add what is missing.
AHEAD = timedelta(minutes=10)


class DepositOrderQuerySet(models.QuerySet):
    def asked_for(self, application):
        """The order of an application, or None."""
        return self.filter(application=application).first()

    def due(self):
        """Of what may still be deposited, a few minutes before the closing: drafts and changes.

        Before her own closing, for who was given more time; and never the answer to a correction,
        which its applicant deposits when she is done.
        """
        every = Application.objects
        writable = Q(application__in=every.being_written()) | Q(
            application__in=every.being_amended()
        )
        ending = every.closing_before(AHEAD)
        return self.filter(writable, application__in=ending.values("pk"))


class DepositOrder(models.Model):
    """A lead applicant's wish: « déposer automatiquement à la clôture si complet ».

    Carried out by a task through the verb of every deposit, under the same clock and the same
    refusals; it goes when she takes it back.
    """

    application = models.OneToOneField(
        "calls.Application", models.CASCADE, editable=False, related_name="deposit_order"
    )
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = DepositOrderQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("dépôt automatique demandé")
        verbose_name_plural = gettext_lazy("dépôts automatiques demandés")

    def __str__(self):
        return str(self.application)

    @classmethod
    @transaction.atomic
    def ask(cls, application, *, by):
        """Have it deposited before the closing, if it is complete; asking again changes nothing.

        Refused where there is no closing to wait for.
        """
        _hold(application, by)
        if application.closes_at is None:
            raise Refused(
                _("Cet appel n’a pas de date de clôture : déposez quand vous êtes prêt."),
                subject=application,
            )
        order, created = cls.objects.get_or_create(
            application=application, defaults={"asked_by": by}
        )
        if created:
            Event.record("depositorder.asked", actor=by, subject=application)
        return order

    @transaction.atomic
    def cancel(self, *, by):
        """Take the wish back: only she deposits."""
        _hold(self.application, by)
        Event.record("depositorder.cancelled", actor=by, subject=self.application)
        self.delete()

    @transaction.atomic
    def carry_out(self):
        """Deposit in her name against the usual receipt; told, once, when something is missing."""
        self.application.reread()
        if gaps := self.application.gaps():
            notices.deposit_order_blocked(self, gaps)
            return None
        return self.application.deposit(by=self.asked_by)


def _hold(application, by):
    application.hold(
        Application.objects.depositable_by(by),
        refusal=_("Cette candidature ne peut plus être déposée."),
    )
