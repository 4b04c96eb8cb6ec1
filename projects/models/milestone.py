from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Line, Prose
from base.lifecycle import Lifecycle, Refused
from journal.models import Event
from projects import notices
from projects.models.membership import Membership
from projects.models.verdict import AUTOMATIC, OF_THEIR_OWN, MilestoneKind, MilestoneStatus, Verdict


class MilestoneQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the projects that one follows."""
        return self if user.is_staff else self._in(Membership.objects.of(user).not_ended())

    def reportable_by(self, user):
        """Still planned, by those who make the project."""
        writers = Membership.objects.of(user).not_ended().writers()
        return self.planned().manual()._in(writers)

    def movable_by(self, user):
        """Still planned, by the intrapreneurs and the incubator's team."""
        if user.is_staff:
            return self.planned()
        return self.planned()._in(Membership.objects.of(user).not_ended().intrapreneurs())

    def reviewable_by(self, user):
        """Reported, or overdue without a report, by the incubator's team."""
        if not user.is_staff:
            return self.none()
        overdue = Q(status=MilestoneStatus.PLANNED, due_on__lt=today())
        return self.manual().filter(Q(status=MilestoneStatus.REPORTED) | overdue)

    def manual(self):
        """Those that people report and read; the others happen by the verbs of the term review."""
        return self.exclude(kind__in=AUTOMATIC)

    def planned(self):
        return self.filter(status=MilestoneStatus.PLANNED)

    def overdue(self):
        return self.planned().filter(due_on__lt=today())

    def due_within(self, days):
        """Planned for today or the next days."""
        return self.planned().filter(due_on__range=(today(), today() + timedelta(days=days)))

    def followed_by_the_plan(self):
        """What a new plan may move: not done, not moved by hand, not the team's own."""
        own = Q(kind__in=OF_THEIR_OWN) | Q(follows__isnull=False)
        return self.planned().filter(moved_at=None).exclude(own)

    def _in(self, memberships):
        return self.filter(term__project__in=memberships.values("project"))


class Milestone(Lifecycle):
    """Something due on a day of a term: planned, reported by the team, then read and judged."""

    Kind = MilestoneKind
    Status = MilestoneStatus
    Verdict = Verdict
    TRANSITIONS = {
        Status.PLANNED: {Status.REPORTED, Status.REVIEWED},
        Status.REPORTED: {Status.REVIEWED},
    }

    term = models.ForeignKey("projects.Term", models.PROTECT, related_name="milestones")
    kind = models.CharField(
        gettext_lazy("nature"), max_length=20, choices=MilestoneKind, default=MilestoneKind.CUSTOM
    )
    title = Line(gettext_lazy("intitulé"), max_length=120)
    due_on = models.DateField(gettext_lazy("pour le"))
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="resumption"
    )
    condition = models.OneToOneField(
        "committees.Condition", models.PROTECT, null=True, editable=False, related_name="+"
    )
    status = models.CharField(
        gettext_lazy("état"),
        max_length=10,
        choices=MilestoneStatus,
        default=MilestoneStatus.PLANNED,
        editable=False,
    )
    moved_at = models.DateTimeField(null=True, editable=False)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    report = Prose(gettext_lazy("compte rendu"), max_length=4000, blank=True)
    reported_at = models.DateTimeField(null=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    verdict = models.CharField(gettext_lazy("avis"), max_length=10, choices=Verdict, blank=True)
    comment = Prose(gettext_lazy("commentaire"), max_length=2000, blank=True)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("jalon")
        verbose_name_plural = gettext_lazy("jalons")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "kind"],
                condition=Q(follows=None) & ~Q(kind__in=OF_THEIR_OWN),
                name="milestone_planned_once_per_term_and_kind",
                violation_error_message=gettext_lazy("Ce mandat a déjà un jalon de cette nature."),
            ),
            models.CheckConstraint(
                name="milestone_of_a_condition_says_so",
                condition=Q(condition=None) | Q(kind=MilestoneKind.CONDITION),
                violation_error_message=gettext_lazy("Seule une condition en suit une."),
            ),
            models.CheckConstraint(
                name="milestone_moved_by_someone",
                condition=Q(moved_at=None, moved_by=None)
                | Q(moved_at__isnull=False, moved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="milestone_reported_as_its_status_says",
                condition=Q(status=MilestoneStatus.PLANNED, reported_at=None, reported_by=None)
                | Q(
                    status__in=[MilestoneStatus.REPORTED, MilestoneStatus.REVIEWED],
                    reported_at__isnull=False,
                    reported_by__isnull=False,
                    report__regex=r"\S",
                )
                | Q(
                    status=MilestoneStatus.REVIEWED,
                    verdict=Verdict.MISSED,
                    reported_at=None,
                    reported_by=None,
                ),
                violation_error_message=gettext_lazy("Un jalon rendu porte un compte rendu."),
            ),
            models.CheckConstraint(
                name="milestone_reviewed_as_its_status_says",
                violation_error_message=gettext_lazy("Un jalon relu porte un avis."),
                condition=Q(
                    status=MilestoneStatus.REVIEWED,
                    verdict__in=Verdict.values,
                    reviewed_at__isnull=False,
                    reviewed_by__isnull=False,
                )
                | ~Q(status=MilestoneStatus.REVIEWED)
                & Q(verdict="", reviewed_at=None, reviewed_by=None),
            ),
            models.CheckConstraint(
                name="milestone_sent_back_says_why",
                condition=~Q(verdict=Verdict.REVISE) | Q(comment__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites à l’équipe ce qu’il faut reprendre."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(status="planned"), name="milestone_awaited"
            ),
            models.Index(
                fields=["reported_at"], condition=Q(status="reported"), name="milestone_to_review"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("projects:milestone", args=[self.term.project.slug, self.pk])

    @classmethod
    @transaction.atomic
    def add(cls, term, *, by, title, due_on):
        """Add a milestone of the team's own to a term's plan."""
        project = term.project
        project.lock()
        if not type(project).objects.staffable_by(by).contains(project):
            raise Refused(
                _("Le plan revient aux intrapreneurs et à l’équipe de l’incubateur."), subject=term
            )
        planned = cls(term=term, title=title, due_on=due_on)
        planned.check_day(due_on)
        planned.save(force_insert=True)
        Event.record(
            "milestone.added",
            actor=by,
            subject=project,
            title=title,
            due_on=due_on.isoformat(),
        )
        return planned

    @transaction.atomic
    def move_to(self, *, by, due_on):
        """Choose another day by hand: no plan moves it again."""
        self.hold(
            Milestone.objects.movable_by(by),
            refusal=_("Ce jalon ne peut plus être déplacé, ou ce n’est pas à vous de le faire."),
        )
        self.check_day(due_on)
        notices.milestone_settled(self)
        formerly = self.due_on.isoformat()
        Milestone.objects.filter(pk=self.pk).update(
            due_on=due_on, moved_at=timezone.now(), moved_by=by
        )
        self.refresh_from_db()
        self.record("moved", by=by, formerly=formerly, due_on=due_on.isoformat())

    @transaction.atomic
    def report_on(self, *, by, report):
        """Tell what was done; late is said, not forbidden."""
        self.hold(
            Milestone.objects.reportable_by(by),
            refusal=_("Ce jalon est déjà rendu, ou ce n’est pas à vous de le rendre."),
        )
        if not report.strip():
            raise Refused(_("Écrivez ce qui a été fait."), subject=self)
        self.move(self.Status.REPORTED, report=report, reported_at=timezone.now(), reported_by=by)
        self.record("reported", by=by, lateness=self.days_late)
        notices.milestone_settled(self)

    @transaction.atomic
    def review(self, *, by, verdict, comment="", again_on=None):
        """Judge what was reported, or note what was missed; « à reprendre » plans it again."""
        self.hold(
            Milestone.objects.reviewable_by(by),
            refusal=_("Ce jalon n’attend pas d’avis, ou ce n’est pas à vous de le donner."),
        )
        if self.status == self.Status.PLANNED and verdict != Verdict.MISSED:
            raise Refused(_("Sans compte rendu, un jalon ne peut qu’être manqué."), subject=self)
        if verdict == Verdict.REVISE and not (comment.strip() and again_on):
            raise Refused(
                _("Dites à l’équipe ce qu’il faut reprendre, et pour quand."), subject=self
            )
        self.move(
            self.Status.REVIEWED,
            verdict=verdict,
            comment=comment,
            reviewed_at=timezone.now(),
            reviewed_by=by,
        )
        self.record("reviewed", by=by, verdict=verdict)
        if verdict == Verdict.REVISE:
            self.check_day(again_on)
            Milestone.objects.create(
                term=self.term, kind=self.kind, title=self.title, due_on=again_on, follows=self
            )

    def happen(self, *, by, report, at=None):
        """Report and settle a milestone that a verb of the term review carries out."""
        at = at or timezone.now()
        if self.status == self.Status.PLANNED:
            self.move(self.Status.REPORTED, report=report, reported_at=at, reported_by=by)
        if self.status == self.Status.REPORTED:
            self.move(self.Status.REVIEWED, verdict=Verdict.GO, reviewed_at=at, reviewed_by=by)

    def check_day(self, day):
        """Refuse a day outside the term."""
        if not self.term.starts_on <= day < self.term.ends_on:
            raise Refused(_("Choisissez un jour du mandat."), subject=self.term)

    def record(self, what, *, by, **detail):
        Event.record(
            f"milestone.{what}", actor=by, subject=self.term.project, title=self.title, **detail
        )

    @property
    def is_automatic(self):
        return self.kind in AUTOMATIC

    @property
    def is_overdue(self):
        return self.status == self.Status.PLANNED and self.due_on < today()

    @property
    def days_late(self):
        """How many days after its date it was reported, or is not yet; 0 when on time."""
        told = timezone.localdate(self.reported_at) if self.reported_at else today()
        return max((told - self.due_on).days, 0)

    @property
    def badge(self):
        """What a list shows of its state: the verdict says more than « relu »."""
        if self.status == self.Status.REVIEWED:
            return self.get_verdict_display()
        return _("en retard") if self.is_overdue else self.get_status_display()
