"""Those who carry an application with its lead applicant: invited, then there once they accept."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AllowedDomain
from base.lifecycle import Lifecycle, Refused
from calls import notices
from calls.models.application import Application
from calls.models.co_applicant_rights import CoApplicantQuerySet
from calls.models.link import LINK, Linked
from calls.models.status import ON_BOARD, CoApplicantRole, CoApplicantStatus
from journal.models import Event


MOST = 10
INVITATIONS_A_DAY = 20


class CoApplicant(Linked, Lifecycle):
    """A person invited by e-mail to carry an application, to write in it or to read it.

    Counts from the day when she accepts, with the account of the address that was invited, until
    she leaves or is removed: from then on nothing of it opens to her.
    """

    Status = CoApplicantStatus
    Role = CoApplicantRole
    TRANSITIONS = {
        Status.INVITED: {Status.ACCEPTED, Status.DECLINED, Status.REMOVED},
        Status.ACCEPTED: {Status.REMOVED},
    }
    LIFETIME = timedelta(days=14)

    application = models.ForeignKey(
        "calls.Application", models.CASCADE, editable=False, related_name="co_applicants"
    )
    email = models.EmailField(gettext_lazy("adresse électronique professionnelle"), max_length=254)
    role = models.CharField(
        gettext_lazy("ce que cette personne pourra faire"),
        max_length=6,
        choices=CoApplicantRole,
        default=CoApplicantRole.EDITOR,
    )
    status = models.CharField(
        gettext_lazy("état"),
        max_length=8,
        choices=CoApplicantStatus,
        default=CoApplicantStatus.INVITED,
        editable=False,
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    invited_at = models.DateTimeField(db_default=Now(), editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = CoApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("co-porteur")
        verbose_name_plural = gettext_lazy("co-porteurs")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=Q(status__in=ON_BOARD),
                name="co_applicant_on_board_once_per_address",
                violation_error_message=gettext_lazy("Cette personne est déjà invitée."),
            ),
            models.UniqueConstraint(
                fields=["application", "person"],
                condition=Q(status=CoApplicantStatus.ACCEPTED),
                name="co_applicant_there_once_per_person",
            ),
            models.CheckConstraint(
                name="co_applicant_email_is_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message=gettext_lazy("Écrivez l’adresse en minuscules."),
            ),
            models.CheckConstraint(
                name="co_applicant_accepted_by_a_person",
                condition=Q(status=CoApplicantStatus.INVITED, person=None, answered_at=None)
                | Q(
                    status=CoApplicantStatus.ACCEPTED,
                    person__isnull=False,
                    answered_at__isnull=False,
                )
                | Q(status=CoApplicantStatus.DECLINED, answered_at__isnull=False)
                | Q(status=CoApplicantStatus.REMOVED),
            ),
            models.CheckConstraint(
                name="co_applicant_removed_at_when_removed",
                condition=Q(
                    status=CoApplicantStatus.REMOVED,
                    removed_at__isnull=False,
                    removed_by__isnull=False,
                )
                | ~Q(status=CoApplicantStatus.REMOVED) & Q(removed_at=None, removed_by=None),
            ),
        ]
        indexes = [models.Index(fields=["email"], name="co_applicant_by_email")]

    def __str__(self):
        return str(self.person or self.email)

    def get_absolute_url(self):
        return reverse("calls:co-applicant-list", args=[self.application_id])

    @classmethod
    @transaction.atomic
    def invite(cls, application, *, by, email, role):
        """Ask a colleague, by a link of her own, to carry the application.

        Refused once it is no longer written, to an address outside the administration, to the
        manager who signs, and past ten people or twenty invitations in a day.
        """
        application.hold(
            Application.objects.shareable_by(by),
            refusal=_("Seule la personne qui porte la candidature invite, tant qu’elle s’écrit."),
        )
        invitation = cls(application=application, email=email.lower(), role=role)
        invitation.clean_fields(exclude=["token_digest", "expires_at"])
        if fault := invitation.fault():
            raise Refused(fault, subject=application)
        token = invitation.renew_link()
        invitation.save(force_insert=True)
        invitation.refresh_from_db()
        Event.record("coapplicant.invited", actor=by, subject=application, person=invitation.email)
        notices.co_applicant_invited(invitation, token)
        return invitation

    @transaction.atomic
    def resend(self, *, by):
        """Send a new link, valid for as long again; the former one no longer opens anything."""
        self._hold(
            CoApplicant.objects.resendable_by(by),
            refusal=_("Un lien est parti il y a moins de dix minutes, ou la réponse est arrivée."),
        )
        token = self.renew_link()
        self.save(update_fields=LINK)
        self.refresh_from_db()
        Event.record("coapplicant.resent", actor=by, subject=self.application, person=self.email)
        notices.co_applicant_invited(self, token)

    @transaction.atomic
    def remind(self):
        """Write again before the link or the call ends, once, with a link that works as long."""
        self._hold(CoApplicant.objects.remindable(), refusal=_("Le rappel est déjà parti."))
        ends_at = self.expires_at
        token = self.renew_link()
        self.expires_at, self.reminded_at = ends_at, Now()
        self.save(update_fields=[*LINK, "reminded_at"])
        self.refresh_from_db()
        Event.record(
            "coapplicant.reminded", actor=None, subject=self.application, person=self.email
        )
        notices.co_applicant_awaited(self, token)

    @transaction.atomic
    def accept(self, *, by):
        """Join those who carry it; refused to any other account, and to the manager who signs."""
        self._hold_answer(by)
        if self.application.approvals.live().filter(manager_email=by.email).exists():
            raise Refused(
                _("Vous êtes désigné comme responsable de cette mise à disposition."), subject=self
            )
        self.move(self.Status.ACCEPTED, person=by, answered_at=Now())
        Event.record("coapplicant.accepted", actor=by, subject=self.application)
        notices.co_applicant_answered(self, by)

    @transaction.atomic
    def decline(self, *, by):
        """Say no; another invitation may come."""
        self._hold_answer(by)
        self.move(self.Status.DECLINED, answered_at=Now())
        Event.record("coapplicant.declined", actor=by, subject=self.application)
        notices.co_applicant_answered(self, by)

    @transaction.atomic
    def assign(self, *, by, role):
        """Let her write, or only read, from now on."""
        self._hold(
            CoApplicant.objects.managed_by(by),
            refusal=_("Ce rôle ne peut plus être changé."),
        )
        self.role = role
        self.clean_fields(exclude=["token_digest", "expires_at"])
        self.save(update_fields=["role"])
        Event.record(
            "coapplicant.assigned",
            actor=by,
            subject=self.application,
            person=str(self),
            role=self.role,
        )

    @transaction.atomic
    def remove(self, *, by):
        """End it at once, for pages, files and links: by the lead applicant or the person herself.

        The application is held first: an edit of hers that is on its way waits, and is refused.
        """
        self._hold(
            CoApplicant.objects.removable_by(by),
            refusal=_("Cette personne ne porte déjà plus la candidature."),
        )
        self.move(self.Status.REMOVED, removed_at=Now(), removed_by=by)
        Event.record("coapplicant.removed", actor=by, subject=self.application, person=str(self))
        notices.co_applicant_removed(self, by)

    @property
    def has_expired(self):
        """For the page only: the verbs ask the database's clock."""
        return self.status == self.Status.INVITED and self.expires_at < timezone.now()

    def fault(self):
        """Why this address cannot be invited, in a sentence, or nothing."""
        people = self.application.co_applicants
        if self.email in self.application.addresses():
            return _("Cette personne porte déjà la candidature, ou y est déjà invitée.")
        if self.application.approvals.live().filter(manager_email=self.email).exists():
            return _("Cette personne est le responsable qui signe : elle ne peut pas la porter.")
        if not AllowedDomain.objects.covering(self.email).exists():
            return _("Cette adresse n’est pas celle d’une administration.")
        if people.on_board().count() >= MOST:
            return _("Dix co-porteurs au plus : retirez d’abord quelqu’un.")
        if people.filter(invited_at__gt=Now() - Value(timedelta(days=1))).count() >= (
            INVITATIONS_A_DAY
        ):
            return _("Trop d’invitations aujourd’hui : réessayez demain.")
        return ""

    def _hold_answer(self, by):
        self._hold(
            CoApplicant.objects.answerable_by(by),
            refusal=_(
                "Cette invitation ne vaut pas, ou plus, pour votre compte : elle a expiré, a déjà"
                " reçu une réponse, ou s’adresse à une autre adresse."
            ),
        )

    def _hold(self, allowed, *, refusal):
        """Lock the application first: whoever writes in it, or deposits it, waits."""
        Application.objects.select_for_update().get(pk=self.application_id)
        self.hold(allowed, refusal=refusal)
