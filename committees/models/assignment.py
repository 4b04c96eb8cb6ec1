from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line, Prose
from base.lifecycle import Lifecycle, Refused
from committees import notices
from committees.models.assignment_status import COUNTING, PENDING, AssignmentStatus
from committees.models.deliberation import Deliberation
from committees.models.review import Review
from committees.models.round import Round
from journal.models import Event


# Not handed in past the day when it was awaited, by the database's clock.
LATE = Q(status__in=PENDING, deliberation__round__soft_closes_at__lte=Now())


class AssignmentQuerySet(models.QuerySet):
    def counting(self):
        """Those that weigh on a member: neither declined nor neutralised."""
        return self.filter(status__in=COUNTING)

    def pending(self):
        return self.filter(status__in=PENDING)

    def awaited_before(self, instant):
        """Not handed in, in an open round whose soft close comes before an instant."""
        open_rounds = Round.objects.open().filter(soft_closes_at__lte=instant)
        return self.pending().filter(
            deliberation__in=Deliberation.objects.live().filter(round__in=open_rounds)
        )

    def propose(self, pairs, *, by):
        """Write the (dossier, seat, why) of a round that a verb has checked under its lock.

        By hand, from a file or computed, all of them come through here.
        """
        if not pairs:
            return []
        answering = set(
            self.model.objects.filter(
                status=AssignmentStatus.PROPOSED, deliberation__round=pairs[0][0].round
            ).values_list("seat_id", flat=True)
        )
        proposed = self.model.objects.bulk_create(
            [
                self.model(deliberation=deliberation, seat=seat, why=why, proposed_by=by)
                for deliberation, seat, why in pairs
            ],
            batch_size=1000,
        )
        told = [(one.deliberation, {"seat": one.seat}) for one in proposed]
        Event.record_each("assignment.proposed", told, actor=by)
        for assignment in proposed:
            if assignment.seat_id not in answering:  # one message for all that awaits an answer
                answering.add(assignment.seat_id)
                notices.assigned(assignment)
        return proposed

    def visible_to(self, user):
        """One's own, and those of the dossiers that one conducts, never of a hidden dossier."""
        visible = Deliberation.objects.visible_to(user)
        conducted = Q(deliberation__in=Deliberation.objects.conducted_by(user))
        return self.filter(conducted | Q(seat__user=user), deliberation__in=visible)

    def queue_of(self, user):
        """What a member has to review, the most urgent and the least reviewed first."""
        queue = self.pending().filter(seat__user=user)
        return (
            queue.filter(deliberation__in=Deliberation.objects.live().visible_to(user))
            .filter(deliberation__round__in=Round.objects.running())
            .select_related("deliberation__snapshot", "deliberation__round__committee")
            .order_by("deliberation__round__soft_closes_at", "deliberation__review_count", "pk")
        )

    def entrusted_to(self, user):
        """One's own on dossiers that one sees: what is awaited, what was handed in."""
        mine = self.filter(seat__user=user, deliberation__in=Deliberation.objects.visible_to(user))
        awaited = Q(
            status__in=PENDING,
            deliberation__in=Deliberation.objects.live(),
            deliberation__round__in=Round.objects.running(),
        )
        return mine.filter(awaited | Q(status=AssignmentStatus.REVIEWED))

    def with_lateness(self):
        """With `late`: awaited past the day when it was."""
        return self.annotate(late=models.ExpressionWrapper(LATE, models.BooleanField()))

    def counted(self):
        """How many await what."""
        return self.order_by().aggregate(
            to_answer=Count("pk", filter=Q(status=AssignmentStatus.PROPOSED)),
            to_write=Count("pk", filter=Q(status=AssignmentStatus.ACCEPTED)),
            late=Count("pk", filter=LATE),
            handed_in=Count("pk", filter=Q(status=AssignmentStatus.REVIEWED)),
        )

    def in_queue_order(self):
        """What is awaited first: the most urgent, then the least reviewed, then as proposed."""
        done = Q(status=AssignmentStatus.REVIEWED)
        return self.select_related("deliberation__snapshot", "deliberation__round").order_by(
            models.ExpressionWrapper(done, models.BooleanField()),
            "deliberation__round__soft_closes_at",
            "deliberation__review_count",
            "pk",
        )

    def on(self, deliberation):
        return self.filter(deliberation=deliberation)

    def of_committee(self, committee):
        return self.filter(deliberation__round__committee=committee)

    def replaceable_by(self, user):
        """Given back or neutralised, on a dossier that the user may entrust to somebody else."""
        gone = self.filter(status__in=[AssignmentStatus.DECLINED, AssignmentStatus.NEUTRALISED])
        return gone.filter(deliberation__in=Deliberation.objects.assignable_by(user))

    def proposed_to(self, user):
        """One's own, answered or not, on dossiers that one may see."""
        return self.visible_to(user).filter(seat__user=user)

    def answerable_by(self, user):
        """Proposed to the user, who may read the dossier, in a round not closed."""
        dossiers = Deliberation.objects.live().visible_to(user).free_for(user)
        return self.filter(
            status=AssignmentStatus.PROPOSED,
            seat__user=user,
            deliberation__in=dossiers.filter(round__in=Round.objects.running()),
        )

    def declinable_by(self, user):
        pending = self.pending().filter(seat__user=user)
        return pending.filter(deliberation__in=Deliberation.objects.live().visible_to(user))


class Assignment(Lifecycle):
    """A dossier entrusted to a member for review: proposed with a reason, accepted or declined."""

    Status = AssignmentStatus
    TRANSITIONS = {
        Status.PROPOSED: {Status.ACCEPTED, Status.DECLINED, Status.NEUTRALISED},
        Status.ACCEPTED: {Status.REVIEWED, Status.DECLINED, Status.NEUTRALISED},
        Status.REVIEWED: {Status.NEUTRALISED},
    }

    deliberation = models.ForeignKey(
        "committees.Deliberation", models.PROTECT, related_name="assignments", editable=False
    )
    seat = models.ForeignKey(
        "committees.Seat",
        models.PROTECT,
        related_name="assignments",
        verbose_name=gettext_lazy("membre"),
    )
    status = models.CharField(
        max_length=12, choices=Status, default=Status.PROPOSED, editable=False
    )
    why = Line(gettext_lazy("pourquoi ce membre"), max_length=300, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    decline_reason = Prose(gettext_lazy("motif du refus"), max_length=500, blank=True)
    neutralised_at = models.DateTimeField(null=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("attribution")
        verbose_name_plural = gettext_lazy("attributions")
        indexes = [models.Index(fields=["seat", "status"], name="assignment_by_seat_and_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["deliberation", "seat"],
                name="assignment_once_per_dossier_and_seat",
                violation_error_message=gettext_lazy("Ce dossier est déjà confié à ce membre."),
            ),
            models.CheckConstraint(
                name="assignment_answered_at_once_answered",
                condition=Q(status=AssignmentStatus.NEUTRALISED)
                | Q(status=AssignmentStatus.PROPOSED, answered_at=None)
                | Q(
                    status__in=[
                        AssignmentStatus.ACCEPTED,
                        AssignmentStatus.DECLINED,
                        AssignmentStatus.REVIEWED,
                    ],
                    answered_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="assignment_declined_is_reasoned",
                condition=~Q(status=AssignmentStatus.DECLINED) | Q(decline_reason__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites pourquoi vous refusez ce dossier."),
            ),
            models.CheckConstraint(
                name="assignment_neutralised_at_once_neutralised",
                condition=Q(status=AssignmentStatus.NEUTRALISED, neutralised_at__isnull=False)
                | ~Q(status=AssignmentStatus.NEUTRALISED) & Q(neutralised_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.deliberation} → {self.seat}"

    def get_absolute_url(self):
        """The sheet once it is accepted, the page where one accepts it before."""
        accepted = self.status == self.Status.ACCEPTED
        name = "committees:review" if accepted else "committees:deliberation"
        return reverse(name, args=[self.deliberation_id])

    @transaction.atomic
    def accept(self, *, by):
        """Take the dossier, and find its review sheet opened."""
        self.hold(
            Assignment.objects.answerable_by(by),
            refusal=_("Vous avez déjà répondu, ou ce dossier ne vous attend plus."),
        )
        self.move(self.Status.ACCEPTED, answered_at=timezone.now())
        Event.record("assignment.accepted", actor=by, subject=self.deliberation, seat=self.seat)
        return Review.objects.create(assignment=self)

    @transaction.atomic
    def decline(self, *, by, reason):
        """Give the dossier back before its review is handed in, and say why."""
        self.hold(
            Assignment.objects.declinable_by(by),
            refusal=_("Ce dossier ne vous attend plus."),
        )
        self.move(self.Status.DECLINED, answered_at=timezone.now(), decline_reason=reason)
        Event.record("assignment.declined", actor=by, subject=self.deliberation, seat=self.seat)

    @transaction.atomic
    def replace(self, *, by, seat):
        """Propose what was given back to the member who fits best: the key of their seat.

        Refused when it is not them any more: who asks saw another name.
        """
        if not Assignment.objects.replaceable_by(by).contains(self):
            raise Refused(_("Cette attribution n’est pas à remplacer."), subject=self)
        best = self.deliberation.replacement(by=by)
        if best is None or str(best[0].pk) != str(seat):
            raise Refused(
                _("Ce dossier a ses évaluations, ou cette personne n’est plus la mieux placée."),
                subject=self,
            )
        return self.deliberation.assign(by=by, seat=best[0], why=best[1])

    def neutralise(self):
        """Count no more, review included; only `Deliberation.neutralise` calls it, row locked."""
        Review.objects.filter(assignment=self).neutralise()
        self.move(self.Status.NEUTRALISED, neutralised_at=timezone.now())
