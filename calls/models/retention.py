"""Until when the words of an application are kept, and for which of them that is known."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import end_of_day
from base.lifecycle import Refused
from base.retention import DEPOSIT_MONTHS, DRAFT_MONTHS, NOTICE, months_after
from base.wording import day
from calls import notices
from calls.models.clock import TOUCHED
from calls.models.correction import Correction
from calls.models.dormancy import DormancyQuerySet
from calls.models.extension import own_closing
from calls.models.status import LEFT_OUT, ApplicationStatus
from calls.models.told import decisions_about
from committees.models import Deliberation
from journal.models import Event
from notifications.models import Message


NEVER_DEPOSITED = Q(
    status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN], deposited_at=None
)


def kept_until():
    """For a query of applications: when their words are due to go, NULL where nothing says it.

    Never for what is deposited and awaits its answer, nor for what is selected. PostgreSQL's
    greatest passes over what is NULL.
    """
    ended = Greatest(Coalesce(own_closing(), TOUCHED), "withdrawn_at")
    deposits = {
        "withdrawn_at": Q(status=ApplicationStatus.WITHDRAWN),
        "checked_at": Q(status=ApplicationStatus.INADMISSIBLE),
        "notified_at": Q(status__in=LEFT_OUT, notified_at__isnull=False),
    }
    return Case(
        When(NEVER_DEPOSITED, then=months_after(ended, DRAFT_MONTHS)),
        *(
            When(one, then=Greatest(months_after(F(stamp), DEPOSIT_MONTHS), "kept_longer_until"))
            for stamp, one in deposits.items()
        ),
        output_field=models.DateTimeField(),
    )


class RetentionQuerySet(DormancyQuerySet):
    def settled(self):
        """Each with `kept_until`: neither examined, nor under appeal, nor awaiting a correction or
        a letter, nor selected."""
        about = Deliberation.objects.live().filter(
            subject_type=ContentType.objects.get_for_model(self.model), subject_id=OuterRef("pk")
        )
        awaited = Correction.objects.requested().filter(application=OuterRef("pk"))
        over = self.annotate(kept_until=kept_until()).filter(kept_until__isnull=False)
        untold = decisions_about(self.model).notifiable().filter(supersedes__isnull=False)
        over = over.exclude(Exists(untold)).exclude(appeals__status__in=["filed", "examined"])
        return over.exclude(Exists(about)).exclude(Exists(awaited))

    def ending(self):
        """Those whose words go within the time of a notice, and whose people were not told so."""
        near = self.settled().filter(kept_until__lte=Now() + Value(NOTICE))
        return near.exclude(erasure_announced_for=F("kept_until"))

    def purgeable(self):
        """Past their date, once every letter that said so left a whole notice ago.

        A letter that a server refused was sent: it is kept in the portal, as the others.
        """
        past = self.settled().filter(kept_until__lte=Now(), erasure_announced_for=F("kept_until"))
        said = Message.objects.filter(
            key__startswith=Concat(
                Value("calls/erasure_near:"),
                Cast(OuterRef("pk"), models.CharField()),
                Value(":"),
            )
        )
        before = Now() - Value(NOTICE)
        left = Q(sent_at__lte=before) | Q(status=Message.Status.FAILED, posted_at__lte=before)
        return past.filter(Exists(said)).exclude(Exists(said.exclude(left)))


class KeepingReason(models.TextChoices):
    """Why a deposit is kept for longer than its kind."""

    APPEAL = "appeal", gettext_lazy("recours en cours")
    REQUEST = "request", gettext_lazy("demande de la personne")
    AUDIT = "audit", gettext_lazy("contrôle ou enquête en cours")


class Retained(models.Model):
    """The part of an application that ends: its people are told a notice before, then it goes.

    The team keeps a deposit for longer, until a day and for a reason; an appeal is one.
    """

    KeepingReason = KeepingReason

    kept_longer_until = models.DateTimeField(null=True, editable=False)
    erasure_announced_for = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def keep_longer(self, *, by, until, reason):
        """Put its erasure off to the end of a day; what was announced is announced again.

        Refused for what is not to be erased, and for a day that would put nothing off.
        """
        kind = type(self).objects
        self.hold(
            kind.erasable_by(by),
            refusal=_("Ce dossier n’est pas à effacer : il n’y a rien à repousser."),
        )
        last = end_of_day(until)
        if last <= max(kind.settled().get(pk=self.pk).kept_until, timezone.now()):
            raise Refused(_("Ce dossier est déjà conservé jusque-là : choisissez un autre jour."))
        kind.filter(pk=self.pk).update(kept_longer_until=last)
        self.refresh_from_db(fields=["kept_longer_until"])
        Event.record(
            "application.kept_longer", actor=by, subject=self, until=day(until), reason=reason
        )

    @transaction.atomic
    def announce_erasure(self):
        """Tell its people what is erased and when, once for a date; another date is told again."""
        self.hold(
            type(self).objects.ending(),
            refusal=_("L’effacement de cette candidature n’est pas à annoncer."),
        )
        until = type(self).objects.settled().get(pk=self.pk).kept_until
        type(self).objects.filter(pk=self.pk).update(erasure_announced_for=until)
        self.refresh_from_db(fields=["erasure_announced_for"])
        Event.record("application.erasure_announced", actor=None, subject=self)
        notices.erasure_near(self, on=max(until, timezone.now() + NOTICE))
