from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Lifecycle, Refused
from committees.models.deliberation import Deliberation
from committees.models.reading import author_named
from committees.models.review_version import ReviewVersion
from committees.scores import Answered, score_of
from journal.models import Event


class Stale(Refused):
    """What is being saved was written on an older version than the one kept."""


class ReviewQuerySet(models.QuerySet):
    def handed_in(self):
        return self.filter(status=ReviewStatus.HANDED_IN)

    def counted(self, at=None):
        """Those that count; at an instant, those that counted then, even if they no longer do."""
        if at is None:
            return self.handed_in()
        then = self.filter(handed_in_at__lte=at)
        return then.filter(Q(status=ReviewStatus.HANDED_IN) | Q(neutralised_at__gt=at))

    def visible_to(self, user):
        """One's own; those of others once handed in, where their scores may be read.

        With `author_named`: whether the reader may know who wrote each.
        """
        dossiers = Deliberation.objects
        own = Q(assignment__seat__user=user) & ~Q(status=ReviewStatus.NEUTRALISED)
        others = Q(
            status=ReviewStatus.HANDED_IN,
            assignment__deliberation__in=dossiers.scores_visible_to(user),
        )
        visible = self.filter(assignment__deliberation__in=dossiers.visible_to(user))
        named = author_named(
            user,
            conducted=Q(assignment__deliberation__in=dossiers.conducted_by(user)),
            seat="assignment__seat",
            round="assignment__deliberation__round",
        )
        return visible.filter(own | others).annotate(author_named=named)

    def written_by(self, user):
        """One's own sheets, whatever their state, where one still sees the dossier."""
        return self.visible_to(user).filter(assignment__seat__user=user)

    def with_answers(self):
        answers = Answer.objects.select_related("criterion", "level").order_by(
            "criterion__position"
        )
        return self.select_related("assignment__seat__user").prefetch_related(
            models.Prefetch("answers", answers)
        )

    def on(self, deliberation):
        """Those of a dossier, in the order they were begun."""
        return self.filter(assignment__deliberation=deliberation).with_answers().order_by("pk")

    def writable_by(self, user):
        """One's own draft, while the round is open and no interest forbids."""
        return self.filter(
            status=ReviewStatus.DRAFT,
            assignment__seat__user=user,
            assignment__deliberation__in=Deliberation.objects.reviewable_by(user),
        )

    def neutralise(self):
        return self.exclude(status=ReviewStatus.NEUTRALISED).update(
            status=ReviewStatus.NEUTRALISED, neutralised_at=timezone.now()
        )


class ReviewStatus(models.TextChoices):
    DRAFT = "draft", gettext_lazy("brouillon")
    HANDED_IN = "handed_in", gettext_lazy("remise")
    NEUTRALISED = "neutralised", gettext_lazy("neutralisée")


class Review(Lifecycle):
    """What one member thinks of one dossier on the grid of the round.

    One per assignment, so one per round, snapshot and seat. Saved as it is written; final once
    handed in, because others' reviews open from then on.
    """

    Status = ReviewStatus
    TRANSITIONS = {
        Status.DRAFT: {Status.HANDED_IN, Status.NEUTRALISED},
        Status.HANDED_IN: {Status.NEUTRALISED},
    }

    assignment = models.OneToOneField(
        "committees.Assignment", models.PROTECT, related_name="review", editable=False
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    comment = Prose(gettext_lazy("commentaire pour le comité"), max_length=5000, blank=True)
    feedback = Prose(gettext_lazy("retour à l’équipe candidate"), max_length=5000, blank=True)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    handed_in_at = models.DateTimeField(null=True, editable=False)
    neutralised_at = models.DateTimeField(null=True, editable=False)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    coverage = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    comparable = models.BooleanField(default=False, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("évaluation")
        verbose_name_plural = gettext_lazy("évaluations")
        constraints = [
            models.CheckConstraint(
                name="review_handed_in_at_once_handed_in",
                condition=Q(status=ReviewStatus.NEUTRALISED)
                | Q(status=ReviewStatus.DRAFT, handed_in_at=None, coverage=None)
                | Q(
                    status=ReviewStatus.HANDED_IN,
                    handed_in_at__isnull=False,
                    coverage__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="review_neutralised_at_once_neutralised",
                condition=Q(status=ReviewStatus.NEUTRALISED, neutralised_at__isnull=False)
                | ~Q(status=ReviewStatus.NEUTRALISED) & Q(neutralised_at=None),
            ),
            models.CheckConstraint(
                name="review_comparable_has_a_score",
                condition=Q(comparable=False) | Q(score__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.assignment} ({self.get_status_display()})"

    def get_absolute_url(self):
        return reverse("committees:review", args=[self.assignment.deliberation_id])

    @transaction.atomic
    def save_draft(self, *, by, version, answers, comment="", feedback=""):
        """Keep what is written so far, complete or not; returns the new version.

        `answers` are (criterion, level or None, not applicable, justification). Refused as Stale
        when another window saved since `version`. No event: a draft is nobody else's business.
        """
        self.hold_sheet(by)
        self.write(version=version, answers=answers, comment=comment, feedback=feedback)
        return self.version

    @transaction.atomic
    def hand_in(self, *, by, version, answers, comment="", feedback=""):
        """Give the review for good; refused with a criterion open or an extreme unjustified."""
        self.hold_sheet(by)
        self.write(version=version, answers=answers, comment=comment, feedback=feedback)
        self.check_complete()
        score = score_of(self.scored_answers(), coverage_percent=self.grid.coverage_percent)
        self.move(
            self.Status.HANDED_IN,
            handed_in_at=timezone.now(),
            score=score.mark,
            coverage=score.coverage,
            comparable=score.comparable,
        )
        self.assignment.move(self.assignment.Status.REVIEWED)
        self.deliberation.weigh()
        Event.record(
            "review.handed_in",
            actor=by,
            subject=self.deliberation,
            seat=self.assignment.seat,
            review=self.pk,
            score=self.score,
            coverage=self.coverage,
            comparable=self.comparable,
            levels=self.levels_given(),
        )

    @property
    def deliberation(self):
        return self.assignment.deliberation

    @property
    def grid(self):
        return self.deliberation.round.grid

    def hold_sheet(self, user):
        """Lock the dossier, so that nothing crosses a declaration of interest; then this sheet."""
        refusal = _(
            "Cette évaluation ne peut plus être écrite : le tour est clos, elle est remise,"
            " ou vous ne prenez plus part à l’examen de ce dossier."
        )
        self.deliberation.hold(Deliberation.objects.reviewable_by(user), refusal=refusal)
        self.hold(Review.objects.writable_by(user), refusal=refusal)

    def write(self, *, version, answers, comment, feedback):
        for criterion, level, _not_applicable, _justification in answers:
            if criterion.grid_id != self.grid.pk or (level and level.criterion_id != criterion.pk):
                self.refuse(_("« %(criterion)s » n’attend pas cette réponse."), criterion)
        kept = Review.objects.filter(pk=self.pk, version=version).update(
            version=F("version") + 1, comment=comment, feedback=feedback, saved_at=timezone.now()
        )
        self.refresh_from_db()
        if not kept:
            raise Stale(
                _("Une version plus récente de cette évaluation est enregistrée."), subject=self
            )
        self.answers.all().delete()
        self.answers.bulk_create(
            Answer(
                review=self,
                criterion=criterion,
                level=None if not_applicable else level,
                not_applicable=not_applicable,
                justification=justification,
            )
            for criterion, level, not_applicable, justification in answers
            if level or not_applicable or justification
        )
        ReviewVersion.keep(self, answers)

    def check_complete(self):
        answers = {answer.criterion_id: answer for answer in self.answers.select_related("level")}
        for criterion in self.grid.criteria.in_order():
            answer = answers.get(criterion.pk)
            if answer is None or not (answer.level or answer.not_applicable):
                self.refuse(_("Répondez au critère « %(criterion)s »."), criterion)
            extreme = answer.level and criterion.is_extreme(answer.level)
            if extreme and not answer.justification.strip():
                self.refuse(_("Justifiez votre réponse au critère « %(criterion)s »."), criterion)

    def refuse(self, sentence, criterion):
        raise Refused(sentence % {"criterion": criterion}, subject=self)

    def levels_given(self):
        """« criterion:score », or « criterion:na », of each criterion, as the journal keeps it."""
        given = self.answers.order_by("criterion__position")
        pairs = given.values_list("criterion_id", "level__score")
        return " ".join(f"{pk}:{'na' if score is None else score}" for pk, score in pairs)

    def scored_answers(self):
        """Every criterion of the grid as this review answers it, in the words of `scores`."""
        given = dict(self.answers.values_list("criterion_id", "level__score"))
        return [
            Answered(criterion.weight, criterion.best, given.get(criterion.pk))
            for criterion in self.grid.criteria.annotate(best=models.Max("levels__score"))
        ]


class Answer(models.Model):
    """The level that a review gives a criterion, or that the criterion does not apply."""

    review = models.ForeignKey(
        "committees.Review", models.CASCADE, editable=False, related_name="answers"
    )
    criterion = models.ForeignKey(
        "committees.Criterion", models.PROTECT, editable=False, related_name="+"
    )
    level = models.ForeignKey(
        "committees.Level", models.PROTECT, null=True, editable=False, related_name="+"
    )
    not_applicable = models.BooleanField(default=False, editable=False)
    justification = Prose(gettext_lazy("justification"), max_length=2000, blank=True)

    class Meta:
        verbose_name = gettext_lazy("réponse")
        verbose_name_plural = gettext_lazy("réponses")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"], name="answer_once_per_criterion"
            ),
            models.CheckConstraint(
                name="answer_not_applicable_is_not_a_level",
                condition=Q(not_applicable=False) | Q(level=None),
            ),
        ]

    def __str__(self):
        return f"{self.criterion} : {self.level or _('sans objet')}"

    def as_typed(self):
        """What the sheet's fields of this criterion were given."""
        level = self.level_id or ("na" if self.not_applicable else "")
        return {
            f"level_{self.criterion_id}": str(level),
            f"justification_{self.criterion_id}": self.justification,
        }
