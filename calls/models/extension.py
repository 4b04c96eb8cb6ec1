"""More time for one person, with who gave it, why, and until when."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Refused
from base.wording import instant
from calls import notices
from calls.models.call import Call
from calls.models.call_rights import CallStatus
from calls.models.clock import LAST_SECOND
from journal.models import Event


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team's: why someone has more time is nobody else's business."""
        return self if user.is_staff else self.none()

    def running(self):
        """Those that still give time, by the database's clock."""
        return self.filter(
            until__gt=LAST_SECOND, call__status=CallStatus.PUBLISHED, call__opens_at__lte=Now()
        )

    def given_to(self, person, call):
        """Hers in this call; nobody's when nobody is signed in."""
        return self.filter(call=call, person_id=person.pk)

    def of_the_author(self):
        """For a query of applications: those of who began each."""
        return self.filter(call=OuterRef("call"), person=OuterRef("author"))

    def last_instant(self):
        return self.aggregate(until=Max("until"))["until"]


class Extension(models.Model):
    """A later closing for one person; another may follow, none is taken back."""

    call = models.ForeignKey(
        "calls.Call", models.PROTECT, editable=False, related_name="extensions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    until = models.DateTimeField(gettext_lazy("jusqu’à (heure de Paris)"))
    reason = Prose(gettext_lazy("motif"), max_length=1000)
    granted_at = models.DateTimeField(db_default=Now(), editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("prolongation individuelle")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person", "until"],
                name="extension_once_per_person_and_instant",
                violation_error_message=gettext_lazy("Cette prolongation est déjà accordée."),
            ),
            models.CheckConstraint(
                name="extension_says_why",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=gettext_lazy(
                    "Dites pourquoi cette personne a plus de temps."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person} ({self.call})"

    @classmethod
    @transaction.atomic
    def grant(cls, *, by, call, person, until, reason):
        """Let one person write and deposit until later than the others, and tell her.

        Waits for the deposits that are on their way; refused once a committee has a dossier, and
        where there is no closing.
        """
        if call.closes_at is None:
            raise Refused(_("Cet appel n’a pas de date de clôture : personne n’est en retard."))
        call.hold(
            Call.objects.extendable_by(by),
            refusal=_("Un comité examine déjà des dossiers : plus personne ne peut déposer."),
        )
        given = cls.objects.given_to(person, call).last_instant()
        last = max(call.closes_at, given) if given else call.closes_at
        if until <= max(last, timezone.now()):
            raise Refused(
                _("Cette personne a déjà jusqu’au %(instant)s : donnez-lui une date plus tardive.")
                % {"instant": instant(last)},
                subject=call,
            )
        extension = cls.objects.create(
            call=call, person=person, until=until, reason=reason, granted_by=by
        )
        Event.record(
            "call.extended_for_one",
            actor=by,
            subject=call,
            person=str(person),
            until=instant(until),
        )
        notices.extension_granted(extension)
        return extension


def author_has_more_time():
    """For a query of applications: whether who began it may still deposit, alone or not."""
    return Exists(Extension.objects.running().of_the_author())


def own_closing():
    """For a query of applications: the closing that holds for each, NULL where there is none.

    The call's, or a later one that was given to who began it.
    """
    later = Greatest(F("call__closes_at"), Subquery(last_extension()))
    return Case(When(call__closes_at__isnull=False, then=later))


def last_extension():
    """The last instant that was given to the author of the application of the query around."""
    return Extension.objects.of_the_author().order_by("-until").values("until")[:1]
