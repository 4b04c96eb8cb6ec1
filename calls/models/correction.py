"""What the team asks an applicant to complete after the deposit."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import end_of_day, today
from base.fields import Prose
from base.lifecycle import Lifecycle, Refused
from calls import notices
from calls.models.amendment import Amendment
from calls.models.clock import LAST_SECOND
from calls.models.status import CorrectionStatus
from journal.models import Event


class CorrectionQuerySet(models.QuerySet):
    def requested(self):
        return self.filter(status=CorrectionStatus.REQUESTED)

    def live(self):
        """Awaited, and its date not passed."""
        return self.requested().filter(ends_at__gt=LAST_SECOND)

    def overdue(self):
        return self.requested().filter(ends_at__lte=LAST_SECOND)

    def received_by(self, user):
        """On the team's desk, with its application."""
        return self.filter(application__in=self._applications().received_by(user))

    def cancellable_by(self, user):
        """The team's, save who carries it or has an interest in it."""
        return self.requested().filter(application__in=self._applications().handled_by(user))

    def latest_first(self):
        return self.select_related("requested_by", "amendment__receipt").order_by("-pk")

    def _applications(self):
        return self.model._meta.get_field("application").related_model.objects


class Correction(Lifecycle):
    """A request for more: named questions of a deposit, open again until a date, and only these."""

    Status = CorrectionStatus
    TRANSITIONS = {Status.REQUESTED: {Status.RESOLVED, Status.EXPIRED, Status.CANCELLED}}

    application = models.ForeignKey(
        "calls.Application", models.CASCADE, editable=False, related_name="corrections"
    )
    amendment = models.OneToOneField(
        "calls.Amendment", models.CASCADE, editable=False, related_name="correction"
    )
    keys = ArrayField(models.SlugField(max_length=20), editable=False)
    words = Prose(gettext_lazy("ce qui est demandé"), max_length=2000)
    status = models.CharField(
        gettext_lazy("état"),
        max_length=10,
        choices=CorrectionStatus,
        default=CorrectionStatus.REQUESTED,
        editable=False,
    )
    ends_at = models.DateTimeField(gettext_lazy("attendue avant"), editable=False)
    requested_at = models.DateTimeField(db_default=Now(), editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("demande de complément")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status=CorrectionStatus.REQUESTED),
                name="correction_requested_once_per_application",
                violation_error_message=gettext_lazy("Un complément est déjà demandé."),
            ),
            models.CheckConstraint(
                name="correction_names_a_question", condition=Q(keys__len__gte=1)
            ),
            models.CheckConstraint(
                name="correction_says_what_is_asked",
                condition=Q(words__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites ce qui est demandé."),
            ),
            models.CheckConstraint(
                name="correction_ends_after_it_is_asked",
                condition=Q(ends_at__gt=F("requested_at")),
            ),
            models.CheckConstraint(
                name="correction_closed_at_unless_requested",
                condition=Q(status=CorrectionStatus.REQUESTED, closed_at=None)
                | ~Q(status=CorrectionStatus.REQUESTED) & Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return _("Complément de %(application)s") % {"application": self.application}

    def get_absolute_url(self):
        return reverse("calls:team-application", args=[self.application_id])

    @classmethod
    @transaction.atomic
    def request(cls, application, *, by, keys, words, ends_on):
        """Open some questions again until the end of a day, and tell the applicants.

        One request at a time; what they had written without depositing it is set aside.
        """
        application.hold(
            type(application).objects.correctable_by(by),
            refusal=_("Aucun complément ne peut être demandé sur cette candidature."),
        )
        if unknown := set(keys) - set(application.keys()):
            raise Refused(_("Question inconnue : %(keys)s.") % {"keys": ", ".join(unknown)})
        if ends_on <= today():
            raise Refused(_("Laissez au moins jusqu’à demain."), subject=application)
        application.set_changes_aside()
        correction = cls.objects.create(
            application=application,
            amendment=Amendment.begin(application, by=by),
            keys=keys,
            words=words,
            ends_at=end_of_day(ends_on),
            requested_by=by,
        )
        application.move(application.Status.IN_CORRECTION)
        Event.record("correction.requested", actor=by, subject=application)
        notices.correction_requested(correction)
        return correction

    def resolve(self, *, by, receipt):
        """Note that it was answered by a deposit, in that deposit's transaction."""
        self.move(self.Status.RESOLVED, closed_at=Now())
        Event.record("correction.resolved", actor=by, subject=self.application)
        notices.correction_resolved(self, receipt)

    @transaction.atomic
    def cancel(self, *, by):
        """Take the request back: the deposit counts as it was."""
        self._hold(
            Correction.objects.cancellable_by(by),
            refusal=_("Cette demande de complément n’est plus en cours."),
        )
        self._give_back(self.Status.CANCELLED)
        Event.record("correction.cancelled", actor=by, subject=self.application)
        notices.correction_cancelled(self)

    @transaction.atomic
    def expire(self):
        """Close it once its date has passed, and tell both sides; the deposit counts as it was."""
        self._hold(
            Correction.objects.overdue(), refusal=_("Cette demande de complément n’a pas expiré.")
        )
        self._give_back(self.Status.EXPIRED)
        Event.record("correction.expired", actor=None, subject=self.application)
        notices.correction_expired(self)

    def labels(self):
        """The named questions, in the words of the form."""
        return [label for key, label in self.application.choices_of_keys() if key in self.keys]

    def _hold(self, allowed, *, refusal):
        """The application first, as every verb that writes in it."""
        kind = type(self.application)
        self.application.refresh_from_db(from_queryset=kind.objects.select_for_update())
        self.hold(allowed, refusal=refusal)

    def _give_back(self, status):
        self.application.leave_correction()
        self.amendment.close()
        self.move(status, closed_at=Now())
