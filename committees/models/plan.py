from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Lifecycle, Refused
from committees import notices
from committees.models.assignment import Assignment
from committees.models.assignment_status import AssignmentStatus
from committees.models.deliberation import Deliberation
from committees.models.plan_rights import UNAPPLIED, PlanOrigin, PlanQuerySet, PlanStatus
from committees.models.planned import Gap, PlannedPair, RefusedLine
from committees.models.round import Round
from committees.plan_file import PairsFile
from committees.plan_reading import PlanReading
from committees.roster import Roster, why_missing
from journal.models import Event


def not_yours():
    return _("Ce tour est clos, ou n’est pas de votre ressort.")


class Plan(PlanReading, Lifecycle):
    """Who would review what in a round: a draft that people look at, then apply, then may undo.

    Computed by a worker, which takes as long as it takes; read from a file, at once.
    """

    Status = PlanStatus
    Origin = PlanOrigin
    TRANSITIONS = {
        Status.REQUESTED: {Status.DRAFTED, Status.FAILED},
        Status.DRAFTED: {Status.APPLIED},
        Status.APPLIED: {Status.UNDONE},
    }

    round = models.ForeignKey(
        "committees.Round", models.PROTECT, related_name="plans", editable=False
    )
    origin = models.CharField(max_length=8, choices=Origin, editable=False)
    seed = models.PositiveIntegerField(
        gettext_lazy("graine"),
        default=1,
        help_text=gettext_lazy(
            "Les mêmes dossiers, les mêmes membres et la même graine donnent le même plan ; une"
            " autre graine départage autrement les choix qui se valent."
        ),
    )
    status = models.CharField(
        max_length=9, choices=Status, default=Status.REQUESTED, editable=False
    )
    failure = models.CharField(max_length=300, default="", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    applied_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("plan d’attribution")
        verbose_name_plural = gettext_lazy("plans d’attribution")
        constraints = [
            models.CheckConstraint(
                name="plan_stamped_as_it_stands",
                condition=Q(status__in=UNAPPLIED, applied_at=None, undone_at=None)
                | Q(status=PlanStatus.APPLIED, applied_at__isnull=False, undone_at=None)
                | Q(status=PlanStatus.UNDONE, applied_at__isnull=False, undone_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_failed_says_why",
                condition=Q(status=PlanStatus.FAILED) & ~Q(failure="")
                | ~Q(status=PlanStatus.FAILED) & Q(failure=""),
            ),
            models.UniqueConstraint(
                fields=["round", "made_by"],
                condition=Q(status=PlanStatus.REQUESTED),
                name="plan_worked_out_once_at_a_time",
            ),
        ]

    def __str__(self):
        return _("Plan n° %(number)s") % {"number": self.pk}

    def get_absolute_url(self):
        return reverse("committees:plan", args=[self.pk])

    @classmethod
    @transaction.atomic
    def request(cls, round, *, by, seed=1):
        """Ask who would review what still lacks reviewers; refused while one is being worked out.

        The round is held: a double click asks once.
        """
        round.hold(Round.objects.staffable_by(by), refusal=not_yours())
        if cls.objects.own(by).requested().filter(round=round).exists():
            raise Refused(_("Un plan de ce tour est déjà en calcul : attendez-le."), subject=round)
        plan = cls.objects.create(round=round, made_by=by, origin=cls.Origin.COMPUTED, seed=seed)
        Event.record("plan.requested", actor=by, subject=round, plan=plan.pk)
        return plan

    def work_out(self):
        """Find its pairs; nothing is proposed yet.

        Solved before the transaction: applying asks everything again. Refused when another worker
        was first, or when its maker may no longer entrust the dossiers of the round.
        """
        roster = Roster(self.round, by=self.made_by)
        found = roster.staff(seed=self.seed)
        with translation.override(settings.LANGUAGE_CODE):
            pairs = [(key, seat, roster.why(key, seat)) for key, seat in found.pairs]
            gaps = [
                (key, count, str(why_missing(why))) for key, (count, why) in found.missing.items()
            ]
        with transaction.atomic():
            self.hold(Plan.objects.requested(), refusal=_("Ce plan n’est plus en calcul."))
            self.check_may_staff(self.round, self.made_by)
            self.fill(pairs, gaps)
            self.move(self.Status.DRAFTED)
            Event.record("plan.drafted", actor=self.made_by, subject=self.round, plan=self.pk)

    @transaction.atomic
    def fail(self, sentence):
        """Give up, with the sentence that its maker reads."""
        self.hold(Plan.objects.requested(), refusal=_("Ce plan n’est plus en calcul."))
        self.move(self.Status.FAILED, failure=sentence[:300])
        Event.record("plan.failed", actor=None, subject=self.round, plan=self.pk)

    @classmethod
    def read_from(cls, round, *, by, text):
        """A draft from a file of pairs; each line that makes none is kept with its sentence.

        Refused when no line makes a pair.
        """
        cls.check_may_staff(round, by)
        with translation.override(settings.LANGUAGE_CODE):
            file = PairsFile(round, by=by, text=text)
        if not file.pairs:
            first = file.refused[0].why if file.refused else ""
            raise Refused(
                _("Aucune ligne ne fait une paire. %(why)s") % {"why": first}, subject=round
            )
        with transaction.atomic():
            cls.check_may_staff(round, by)
            plan = cls.objects.create(
                round=round, made_by=by, origin=cls.Origin.FILE, status=cls.Status.DRAFTED
            )
            plan.fill([(dossier, seat, why) for (dossier, seat), why in file.pairs.items()])
            plan.refused_lines.bulk_create(
                RefusedLine(plan=plan, number=number, text=text, deliberation_id=dossier, why=why)
                for number, text, dossier, why in file.refused
            )
            Event.record("plan.drafted", actor=by, subject=round, plan=plan.pk)
        return plan

    def fill(self, pairs, gaps=()):
        """Keep (dossier, seat, why) pairs and (dossier, count, why) gaps, by keys."""
        self.pairs.bulk_create(
            PlannedPair(plan=self, deliberation_id=dossier, seat_id=seat, why=why)
            for dossier, seat, why in pairs
        )
        self.gaps.bulk_create(
            Gap(plan=self, deliberation_id=dossier, missing=count, why=why)
            for dossier, count, why in gaps
        )

    @staticmethod
    def check_may_staff(round, user):
        if not Round.objects.staffable_by(user).contains(round):
            raise Refused(not_yours(), subject=round)

    @transaction.atomic
    def apply(self, *, by):
        """Propose its pairs, all of them or none.

        Refused when one of them no longer stands: an interest, another assignment, a maximum
        reached since. What its maker may no longer see leaves it without a word.
        """
        self.hold_for(by, Plan.objects.appliable_by(by))
        dossiers = self.lock_dossiers()
        allowed = dossiers.assignable_by(by)
        self.pairs.exclude(deliberation__in=allowed).delete()
        self.gaps.exclude(deliberation__in=allowed).delete()
        pairs = list(self.pairs.select_related("seat__user").order_by("deliberation", "seat"))
        if not pairs:
            raise Refused(_("Ce plan ne propose rien."), subject=self)
        self.check_standing(pairs, by)
        dossiers = {dossier.pk: dossier for dossier in allowed}
        proposed = Assignment.objects.propose(
            [(dossiers[pair.deliberation_id], pair.seat, pair.why) for pair in pairs], by=by
        )
        for pair, assignment in zip(pairs, proposed, strict=True):
            pair.assignment = assignment
        PlannedPair.objects.bulk_update(pairs, ["assignment"], batch_size=1000)
        self.move(self.Status.APPLIED, applied_at=timezone.now())
        Event.record("plan.applied", actor=by, subject=self.round, plan=self.pk)

    @transaction.atomic
    def undo(self, *, by):
        """Take back what nobody has answered yet; what was answered stays, and the page says so."""
        self.hold_for(by, Plan.objects.undoable_by(by))
        allowed = self.lock_dossiers().assignable_by(by)
        waiting = Assignment.objects.filter(
            planned__plan=self, status=AssignmentStatus.PROPOSED, deliberation__in=allowed
        )
        first = {}  # the one that a member was told of
        for assignment in waiting.order_by("-pk"):
            first[assignment.seat_id] = assignment
        waiting.delete()
        still = Assignment.objects.filter(
            status=AssignmentStatus.PROPOSED, deliberation__round=self.round
        ).values_list("seat_id", flat=True)
        for seat in first.keys() - set(still):
            notices.assignment_taken_back(first[seat])
        self.move(self.Status.UNDONE, undone_at=timezone.now())
        Event.record("plan.undone", actor=by, subject=self.round, plan=self.pk)

    def hold_for(self, user, right):
        """The round's lock, then this row's: assignments are counted under the round's."""
        refusal = _("Ce plan n’est plus à appliquer ni à annuler, ou n’est pas le vôtre.")
        self.round.hold(Round.objects.staffable_by(user), refusal=refusal)
        self.hold(right, refusal=refusal)

    def lock_dossiers(self):
        """Nothing crosses a declaration of interest: its dossiers are locked, in their order."""
        found = Deliberation.objects.filter(pk__in=self.pairs.values("deliberation"))
        list(found.select_for_update().order_by("pk").values_list("pk", flat=True))
        return found

    def check_standing(self, pairs, by):
        """Ask again of every pair what was asked when the plan was made."""
        roster = Roster(self.round, by=by, only={pair.deliberation_id for pair in pairs})
        dossiers = {key: roster.dossier(key) for key in roster.keys}
        taken, loads = {}, {}
        for pair in pairs:
            taken[pair.deliberation_id] = taken.get(pair.deliberation_id, 0) + 1
            loads[pair.seat_id] = loads.get(pair.seat_id, 0) + 1
        for pair in pairs:
            dossier, seat = dossiers[pair.deliberation_id], roster.seats.get(pair.seat_id)
            over = self.origin == self.Origin.COMPUTED and taken[dossier.key] > dossier.lacks
            if over or seat is None or seat.pk in dossier.away:
                raise self.stale(pair)
            limit = seat.limit_in(self.round)
            if limit is not None and seat.load + loads[seat.pk] > limit:
                raise self.stale(pair)

    def stale(self, pair):
        return Refused(
            _(
                "Ce plan ne vaut plus : depuis qu’il est fait, un lien d’intérêt, une attribution"
                " ou un maximum empêche de confier « %(dossier)s » à %(member)s. Faites-en un"
                " autre."
            )
            % {"dossier": pair.deliberation, "member": pair.seat.user},
            subject=self,
        )
