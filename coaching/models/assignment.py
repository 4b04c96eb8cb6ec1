from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models, transaction
from django.db.models import F, Func, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Prose
from base.lifecycle import Lifecycle, Refused
from coaching import notices
from coaching.capacity import TWO_YEARS, time_spent
from coaching.models.assignment_rights import (
    ANSWERED,
    CLOSED,
    SETTLED,
    CoachAssignmentQuerySet,
    CoachAssignmentStatus,
)
from coaching.models.coach import Expertise
from journal.models import Event
from projects.models import Membership, Project


class CoachAssignment(Lifecycle):
    """A coach beside one project between two dates, for so many days a month.

    `ends_on` is the day after. Keeps why this coach was proposed, and what the team was shown.
    """

    Status = CoachAssignmentStatus
    TRANSITIONS = {
        Status.PROPOSED: {Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN},
        Status.ACCEPTED: {Status.ENDED},
    }

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="+")
    coach = models.ForeignKey("coaching.Coach", models.PROTECT, related_name="assignments")
    status = models.CharField(
        max_length=20, choices=CoachAssignmentStatus, default=Status.PROPOSED, editable=False
    )
    days_budget = models.DecimalField(
        gettext_lazy("jours par mois"), max_digits=4, decimal_places=1
    )
    starts_on = models.DateField(gettext_lazy("début"))
    ends_on = models.DateField(gettext_lazy("fin"))
    needs = ArrayField(
        models.CharField(max_length=20, choices=Expertise),
        verbose_name=gettext_lazy("besoins du projet"),
        default=list,
        blank=True,
    )
    reasons = Prose(gettext_lazy("raisons de la proposition"), max_length=2000)
    exception = Prose(
        gettext_lazy("dérogation aux deux ans"),
        max_length=1000,
        blank=True,
        help_text=gettext_lazy(
            "Un coach reste au plus deux ans sur un projet, sauf dérogation écrite ici."
        ),
    )
    wished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("choisi avec"),
    )
    shortlist = models.JSONField(editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    decline_reason = Prose(gettext_lazy("motif du refus"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    close_reason = Prose(gettext_lazy("motif de la fin"), max_length=1000, blank=True)

    objects = CoachAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("accompagnement")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "coach"],
                condition=Q(status=CoachAssignmentStatus.PROPOSED),
                name="coachassignment_proposed_once_at_a_time",
                violation_error_message=gettext_lazy(
                    "Ce projet est déjà proposé à ce coach, qui n’a pas encore répondu."
                ),
            ),
            ExclusionConstraint(
                name="coachassignment_never_overlaps_itself",
                expressions=[
                    ("project", RangeOperators.EQUAL),
                    ("coach", RangeOperators.EQUAL),
                    (
                        Func("starts_on", "ends_on", function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status__in=SETTLED),
                violation_error_message=gettext_lazy(
                    "Ce coach accompagne déjà ce projet à ces dates."
                ),
            ),
            models.CheckConstraint(
                name="coachassignment_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on"))
                | Q(status=CoachAssignmentStatus.ENDED, ends_on=F("starts_on")),
                violation_error_message=gettext_lazy("La fin précède le début."),
            ),
            models.CheckConstraint(
                name="coachassignment_two_years_or_an_exception",
                condition=Q(ends_on__lte=F("starts_on") + TWO_YEARS) | ~Q(exception=""),
                violation_error_message=gettext_lazy(
                    "Un coach reste au plus deux ans sur un projet, sauf dérogation écrite."
                ),
            ),
            models.CheckConstraint(
                name="coachassignment_gives_some_time",
                condition=Q(days_budget__gt=0, days_budget__lte=22),
                violation_error_message=gettext_lazy(
                    "Un accompagnement compte plus de 0 et au plus 22 jours par mois."
                ),
            ),
            models.CheckConstraint(
                name="coachassignment_says_why",
                condition=~Q(reasons=""),
                violation_error_message=gettext_lazy("Dites pourquoi ce coach est proposé."),
            ),
            models.CheckConstraint(
                name="coachassignment_answered_has_its_instant",
                condition=Q(status__in=ANSWERED, answered_at__isnull=False)
                | ~Q(status__in=ANSWERED) & Q(answered_at=None),
            ),
            models.CheckConstraint(
                name="coachassignment_declined_with_a_reason",
                condition=Q(status=CoachAssignmentStatus.DECLINED) & ~Q(decline_reason="")
                | ~Q(status=CoachAssignmentStatus.DECLINED) & Q(decline_reason=""),
                violation_error_message=gettext_lazy("Un refus dit son motif."),
            ),
            models.CheckConstraint(
                name="coachassignment_closed_has_its_instant",
                condition=Q(status__in=CLOSED, closed_at__isnull=False)
                | ~Q(status__in=CLOSED) & Q(closed_at=None, closed_by=None),
            ),
        ]
        indexes = [models.Index(fields=["project", "status"], name="coachassignment_by_project")]

    def __str__(self):
        return f"{self.project} – {self.coach}"

    def get_absolute_url(self):
        return reverse("coaching:assignment", args=[self.pk])

    @classmethod
    @transaction.atomic
    def propose(cls, *, by, shortlist, coach, reasons, wished_by=None, exception=""):
        """Ask a coach of the shortlist, and keep what was shown when choosing.

        Refused to anyone but the incubator team, and for a coach whom the shortlist sets aside
        for anything that a written exception does not answer.
        """
        request = shortlist.request
        if not Project.objects.steerable_by(by).contains(request.project):
            raise Refused(_("Seule l’équipe de l’incubateur propose un coach."))
        if objection := shortlist.objection_to(coach, exception=exception):
            raise Refused(objection, subject=request.project)
        assignment = cls(
            **request.asked(),
            coach=coach,
            reasons=reasons,
            exception=exception,
            wished_by=wished_by,
            shortlist=shortlist.record(),
            proposed_by=by,
        )
        assignment.full_clean()
        assignment.save(force_insert=True)
        Event.record("coachassignment.proposed", actor=by, subject=assignment)
        notices.assignment_proposed(assignment)
        return assignment

    @transaction.atomic
    def accept(self, *, by):
        """Take the project on, and join its team as its coach.

        Refused beyond the days or the projects that the coach offers (whose row is locked first,
        so that two answers are counted one after the other) and beyond two years on one project.
        """
        self.coach.lock()
        self.hold(
            CoachAssignment.objects.answerable_by(by),
            refusal=_("Cette proposition n’attend plus votre réponse."),
        )
        if excess := self.coach.excess(starts_on=self.starts_on, ends_on=self.ends_on, more=[self]):
            raise Refused(excess, subject=self)
        if self.total_time() > TWO_YEARS and not self.exception:
            raise Refused(
                _("Ce projet a déjà eu ce coach deux ans : il y faut une dérogation écrite."),
                subject=self,
            )
        self.move(self.Status.ACCEPTED, answered_at=timezone.now())
        self._join_the_team(by=by)
        Event.record("coachassignment.accepted", actor=by, subject=self)
        notices.assignment_accepted(self)

    @transaction.atomic
    def decline(self, *, by, reason):
        """Say no, and why: the team reads the reason and the next shortlist keeps it in mind."""
        self.hold(
            CoachAssignment.objects.answerable_by(by),
            refusal=_("Cette proposition n’attend plus votre réponse."),
        )
        self.move(self.Status.DECLINED, answered_at=timezone.now(), decline_reason=reason)
        Event.record("coachassignment.declined", actor=by, subject=self)
        notices.assignment_declined(self)

    @transaction.atomic
    def withdraw(self, *, by, reason):
        """Take back a proposal that has not been answered."""
        self.hold(
            CoachAssignment.objects.withdrawable_by(by),
            refusal=_("Cette proposition ne peut plus être retirée."),
        )
        self._close(self.Status.WITHDRAWN, by=by, reason=reason)
        Event.record("coachassignment.withdrawn", actor=by, subject=self)
        notices.assignment_called_off(self)

    @transaction.atomic
    def end(self, *, by, reason):
        """Stop today at the latest: the coach leaves the team and its pages at once."""
        self.hold(
            CoachAssignment.objects.endable_by(by),
            refusal=_("Cet accompagnement n’est plus en cours."),
        )
        last = min(self.ends_on, max(self.starts_on, today() + timedelta(days=1)))
        self._close(self.Status.ENDED, by=by, reason=reason, ends_on=last)
        self._leave_the_team(by=by)
        Event.record("coachassignment.ended", actor=by, subject=self)

    @transaction.atomic
    def lapse(self):
        """Close what has reached its planned end, a week after the last day; nobody's decision."""
        self.hold(
            CoachAssignment.objects.over_by(today()),
            refusal=_("Cet accompagnement n’est pas arrivé à son terme."),
        )
        self._close(self.Status.ENDED, by=None, reason="")
        self._leave_the_team(by=self.coach.user)
        Event.record("coachassignment.lapsed", actor=None, subject=self)

    @property
    def has_begun(self):
        return self.starts_on <= today()

    @property
    def last_day(self):
        return self.ends_on - timedelta(days=1)

    def total_time(self):
        """How long this coach has been on this project, this assignment included."""
        others = self.coach.assignments.settled().filter(project=self.project)
        return time_spent([self, *others.exclude(pk=self.pk)])

    def last_heard_on(self):
        """The day of the last session, or the first day: the beginning of the present silence."""
        return self.sessions.aggregate(last=Max("held_on"))["last"] or self.starts_on

    def _close(self, status, *, by, reason, **dates):
        self.move(status, closed_at=timezone.now(), closed_by=by, close_reason=reason, **dates)

    def _join_the_team(self, *, by):
        """A follow-up assignment finds its coach already in the team."""
        if not self._memberships().exists():
            self.project.welcome(
                by=by, user=self.coach.user, role=Membership.Role.COACH, starts_on=self.starts_on
            )

    def _leave_the_team(self, *, by):
        """Stay for the follow-up, when one is accepted."""
        if self.coach.assignments.accepted().filter(project=self.project).exists():
            return
        for membership in self._memberships():
            membership.end(by=by, on=self.ends_on)

    def _memberships(self):
        return Membership.objects.filter(
            project=self.project, user=self.coach.user, role=Membership.Role.COACH, ends_on=None
        )
