"""The manager's signature on the release of a person's time."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Lifecycle, Refused
from calls import notices
from calls.models.application import Application
from calls.models.call import Call
from calls.models.link import LINK, REMINDED_BEFORE, Linked, LinkedQuerySet
from calls.models.release_plan import ReleasePlan
from calls.models.status import (
    ANSWERS,
    AWAITING_A_DECISION,
    GRANTED,
    ApplicationStatus,
    ApprovalStatus,
)
from journal.models import Event


class ApprovalQuerySet(LinkedQuerySet):
    def standing(self):
        return self.exclude(status=ApprovalStatus.LAPSED)

    def granted(self):
        return self.filter(status__in=GRANTED)

    def live(self):
        """Asked for or granted: at most one for an application."""
        return self.filter(status__in=[ApprovalStatus.REQUESTED, *GRANTED])

    def visible_to(self, user):
        return self.filter(application__in=Application.objects.visible_to(user))

    def answerable(self):
        """Awaited, by a link that has not expired, for an application that still needs it."""
        return self.filter(
            status=ApprovalStatus.REQUESTED,
            expires_at__gt=Now(),
            application__status__in=[ApplicationStatus.DRAFT, *AWAITING_A_DECISION],
        )

    def answerable_by(self, user):
        """By a manager with an account, who needs no link; never by an applicant."""
        own = Application.objects.carried_by(user)
        return self.answerable().filter(manager_email=user.email).exclude(application__in=own)

    def addressed_to(self, user):
        """What a manager with an account is, or was, asked."""
        return self.filter(manager_email=user.email)

    def resendable_by(self, user):
        """Asked for by the user, and not in the last minutes."""
        awaited = self.filter(status=ApprovalStatus.REQUESTED, application__author_id=user.pk)
        return awaited.not_just_sent()

    def remindable(self):
        """Awaited without a reminder, for a draft, when it closes within three days; where its
        call has no closing, when the link does."""
        closing = Application.objects.closing_within(REMINDED_BEFORE)
        endless = Q(
            application__call__in=Call.objects.open().filter(closes_at=None),
            expires_at__lt=Now() + Value(REMINDED_BEFORE),
        )
        return (
            self.answerable()
            .filter(
                reminded_at=None,
                sent_at__lt=Now() - Value(timedelta(days=1)),
                application__status=ApplicationStatus.DRAFT,
            )
            .filter(Q(application__in=closing.values("pk")) | endless)
        )


class Approval(ReleasePlan, Linked, Lifecycle):
    """A release plan (share of time, from, months, conditions) that a manager signs or refuses.

    The plan never changes, by trigger: another plan is another approval, and this one lapses. The
    manager needs no account: the link carries a secret of which only the digest is stored.
    """

    Status = ApprovalStatus
    TRANSITIONS = {
        Status.REQUESTED: {*ANSWERS, Status.LAPSED},
        Status.APPROVED: {Status.LAPSED},
        Status.CONDITIONAL: {Status.LAPSED},
    }

    status = models.CharField(
        gettext_lazy("état"),
        max_length=12,
        choices=ApprovalStatus,
        default=ApprovalStatus.REQUESTED,
        editable=False,
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    delegated_from = models.OneToOneField(
        "calls.Approval",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="delegated_to",
    )
    words = Prose(
        gettext_lazy("conditions ou motif du responsable"),
        max_length=2000,
        blank=True,
        editable=False,
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("visa hiérarchique")
        constraints = [
            *ReleasePlan.Meta.constraints,
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status__in=[ApprovalStatus.REQUESTED, *GRANTED]),
                name="approval_live_once_per_application",
            ),
            models.CheckConstraint(
                name="approval_answered_at_once_answered",
                condition=Q(status=ApprovalStatus.REQUESTED, answered_at=None)
                | Q(status=ApprovalStatus.LAPSED)
                | Q(status__in=ANSWERS, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="approval_conditions_and_refusal_are_worded",
                condition=~Q(status__in=[ApprovalStatus.CONDITIONAL, ApprovalStatus.REFUSED])
                | Q(words__regex=r"\S"),
                violation_error_message=gettext_lazy(
                    "Écrivez vos conditions, ou le motif de votre refus."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.application} : {self.get_status_display()}"

    def get_absolute_url(self):
        return reverse("calls:approval-request", args=[self.application_id])

    @classmethod
    @transaction.atomic
    def request(cls, application, *, by, manager_email, **plan):
        """Ask a manager to sign a plan by a link of her own; an earlier plan lapses.

        Refused to whoever names an applicant, an address outside the administration, or too many
        people in a day.
        """
        application.hold(
            Application.objects.plannable_by(by),
            refusal=_("Le plan de mise à disposition ne peut plus changer."),
        )
        approval = cls(application=application, manager_email=manager_email.lower(), **plan)
        approval.clean_fields()
        if fault := approval.fault():
            raise Refused(fault, subject=application)
        replaced = [earlier.lapse(by=by) for earlier in application.approvals.live()]
        approval.plan_digest = approval.plan_fingerprint()
        token = approval.renew_link()
        approval.save(force_insert=True)
        approval.refresh_from_db()
        Event.record(
            "approval.requested", actor=by, subject=application, manager=approval.manager_name
        )
        notices.approval_requested(approval, token, replaces=bool(replaced))
        return approval

    @transaction.atomic
    def resend(self, *, by):
        """Send a new link, valid for as long again; the former one no longer opens anything."""
        self.hold(
            Approval.objects.resendable_by(by),
            refusal=_("Un lien est parti il y a moins de dix minutes, ou la réponse est arrivée."),
        )
        token = self.renew_link()
        self.save(update_fields=LINK)
        self.refresh_from_db()
        Event.record("approval.resent", actor=by, subject=self.application)
        notices.approval_requested(self, token, replaces=False)

    @transaction.atomic
    def remind(self):
        """Write to the manager again before the closing, once, with a link that still works."""
        self.hold(Approval.objects.remindable(), refusal=_("Le rappel est déjà parti."))
        self.reminded_at = Now()
        token = self.renew_link()
        self.save(update_fields=[*LINK, "reminded_at"])
        self.refresh_from_db()
        Event.record(
            "approval.reminded", actor=None, subject=self.application, manager=self.manager_name
        )
        notices.approval_awaited(self, token)

    @transaction.atomic
    def answer(self, *, by, status, plan_digest, words=""):
        """Sign, sign with conditions, or refuse with a reason, what the manager has read.

        `by` is None for a manager without an account. Refused to an applicant, and when the plan
        is no longer the one that was read.
        """
        self.hold(
            Approval.objects.answerable(),
            refusal=_("Ce plan a été modifié, ou a déjà reçu une réponse : ce lien ne sert plus."),
        )
        if by in self.application.applicants():
            raise Refused(_("Vous ne pouvez pas signer votre propre mise à disposition."))
        if not plan_digest == self.plan_digest == self.plan_fingerprint():
            raise Refused(_("Ce plan a changé depuis que vous l’avez lu : relisez-le."))
        self.move(status, answered_at=Now(), answered_by=by, words=words)
        Event.record(
            "approval.answered",
            actor=by,
            subject=self.application,
            manager=self.manager_name,
            status=status,
        )
        notices.approval_answered(self)

    @transaction.atomic
    def delegate(self, *, by, manager_name, manager_email):
        """Pass the same plan on to who may sign it, by a link of theirs; this link ends.

        `by` is None for a manager without an account. Refused to an applicant, to an applicant's
        address, outside the administration, and past ten people in a day.
        """
        Application.objects.select_for_update().get(pk=self.application_id)
        self.hold(
            Approval.objects.answerable(),
            refusal=_("Ce plan a été modifié, ou a déjà reçu une réponse : ce lien ne sert plus."),
        )
        if by in self.application.applicants():
            raise Refused(_("Vous ne pouvez pas signer votre propre mise à disposition."))
        who = {"manager_name": manager_name, "manager_email": manager_email.lower()}
        other = Approval(application=self.application, delegated_from=self, **(self.plan() | who))
        other.clean_fields()
        if other.manager_email == self.manager_email:
            raise Refused(_("C’est déjà à cette adresse que la demande est partie."))
        if fault := other.fault():
            raise Refused(fault)
        self.move(self.Status.LAPSED)
        other.plan_digest = other.plan_fingerprint()
        token = other.renew_link()
        other.save(force_insert=True)
        other.refresh_from_db()
        Event.record(
            "approval.delegated",
            actor=by,
            subject=self.application,
            manager=self.manager_name,
            to=other.manager_name,
        )
        notices.approval_delegated(self, other, token)
        return other

    @transaction.atomic
    def lapse(self, *, by):
        """Void it: another plan takes its place."""
        awaited = self.status == self.Status.REQUESTED
        self.move(self.Status.LAPSED)
        Event.record(
            "approval.lapsed", actor=by, subject=self.application, manager=self.manager_name
        )
        notices.approval_lapsed(self, awaited=awaited)
        return self

    @property
    def is_granted(self):
        return self.status in GRANTED
