"""A call without a closing: it takes dossiers as they come, until one day the team ends it."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from base.wording import instant
from calls import notices
from calls.models.announcement import CallKind
from calls.models.status import ApplicationStatus
from committees.models import Sitting
from journal.models import Event


# What a rolling call promises to those who write: no closing is announced for any sooner.
NOTICE_DAYS = 30
NOTICE = timedelta(days=NOTICE_DAYS)
TOO_SOON = gettext_lazy(
    "La clôture d’un appel permanent s’annonce au moins 30 jours à l’avance : choisissez une date"
    " plus tardive."
)


class Rolling(models.Model):
    """The part of a call that may have no closing: `closes_at` is None until it is announced."""

    closing_announced_at = models.DateTimeField(null=True, editable=False)
    closing_announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="call_closes_unless_rolling",
                condition=Q(closes_at__isnull=False)
                | Q(kind=CallKind.ROLLING) & ~Q(status="archived"),
                violation_error_message=gettext_lazy(
                    "Donnez la date de clôture : seul un appel permanent n’en a pas."
                ),
            ),
            models.CheckConstraint(
                name="call_rolling_closes_once_announced",
                condition=~Q(kind=CallKind.ROLLING)
                & Q(closing_announced_at=None, closing_announced_by=None)
                | Q(kind=CallKind.ROLLING)
                & Q(closes_at=None, closing_announced_at=None, closing_announced_by=None)
                | Q(kind=CallKind.ROLLING, closes_at__isnull=False)
                & Q(closing_announced_at__isnull=False, closing_announced_by__isnull=False)
                & ~Q(status="draft"),
                violation_error_message=gettext_lazy(
                    "Un appel permanent s’ouvre sans clôture : elle s’annonce une fois l’appel"
                    " publié."
                ),
            ),
            models.CheckConstraint(
                name="call_closing_announced_with_notice",
                condition=Q(closing_announced_at=None)
                | Q(closes_at__gte=F("closing_announced_at") + Value(NOTICE)),
                violation_error_message=TOO_SOON,
            ),
        ]

    @transaction.atomic
    def announce_closing(self, *, by, closes_at):
        """Say when a rolling call ends, and tell whoever writes; refused without its notice.

        Waits for the deposits that are on their way. From then on it is a call like the others:
        its closing may be put off, never brought forward.
        """
        self.hold(
            type(self).objects.endable_by(by),
            refusal=_("La clôture de cet appel est déjà annoncée, ou l’appel n’est pas permanent."),
        )
        if closes_at < timezone.now() + NOTICE:
            raise Refused(TOO_SOON, subject=self)
        type(self).objects.filter(pk=self.pk).update(
            closes_at=closes_at, closing_announced_at=Now(), closing_announced_by=by
        )
        self.refresh_from_db()
        Event.record("call.closing_announced", actor=by, subject=self, until=instant(closes_at))
        drafts = self.applications.filter(status=ApplicationStatus.DRAFT)
        for application in drafts.select_related("call", "author").order_by("pk").iterator():
            notices.closing_announced(application)

    @property
    def is_rolling(self):
        """Whether dossiers are examined and answered as they come, whatever its closing."""
        return self.kind == CallKind.ROLLING

    @property
    def closing_in_words(self):
        return instant(self.closes_at) or _("aucune : appel permanent")

    @property
    def notice_days(self):
        return NOTICE_DAYS

    def next_sitting(self):
        """The next meeting of its committee that is on a calendar, or None."""
        return Sitting.objects.planned().filter(committee=self.committee_id).first()
