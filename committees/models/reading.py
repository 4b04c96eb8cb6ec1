from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from committees.models.assignment_status import PENDING, AssignmentStatus
from journal.models import Event


class Reading(models.TextChoices):
    """When a member reads what the others wrote, and what it adds up to, in a round.

    Those who conduct the round keep their oversight, but they too write their own first: one's
    review is never coloured by another's, unless the round says « at any time ».
    """

    NEVER = "never", gettext_lazy("jamais : seuls ceux qui conduisent le tour les lisent")
    AFTER_MINE = "after_mine", gettext_lazy("après avoir remis la sienne, ou à la clôture")
    UNLESS_MISSING = (
        "unless_missing",
        gettext_lazy("sauf si la sienne est attendue : tous les autres les lisent"),
    )
    ALWAYS = "always", gettext_lazy("à tout moment, même avant d’avoir écrit la sienne")


def open_reading(*, conducted, assigned):
    """The dossiers whose reviews a reader may open, among those that they may see.

    `conducted` is the condition that they conduct the round; `assigned` makes the condition that
    an assignment of theirs has one of some statuses.
    """
    closed = Q(round__closes_at__lte=Now())
    mine_awaited = Q(assigned(*PENDING)) & ~closed
    mine_handed_in = Q(assigned(AssignmentStatus.REVIEWED))
    after_mine = closed | mine_handed_in
    return (
        conducted & ~mine_awaited
        | Q(round__reading=Reading.AFTER_MINE) & after_mine
        | Q(round__reading=Reading.UNLESS_MISSING) & ~mine_awaited
        | Q(round__reading=Reading.ALWAYS)
    )


def author_named(user, *, conducted, seat, round):
    """Whether a reader may know who wrote something, from a `seat`, in a `round` (paths).

    Their own words, all where members are named, and all for those who conduct (a condition).
    """
    named = Q(**{f"{seat}__user": user}) | Q(**{f"{round}__authors_named": True}) | conducted
    return models.ExpressionWrapper(named, models.BooleanField())


class Policy(models.Model):
    """Who reads whose review in a round: a part of it, apart so that each file fits in the head.

    The database refuses to change it from the opening on: a fact that everybody knows, whatever
    dossiers they may see.
    """

    Reading = Reading

    reading = models.CharField(
        gettext_lazy("lecture des évaluations des autres"),
        max_length=14,
        choices=Reading,
        default=Reading.AFTER_MINE,
        help_text=gettext_lazy(
            "Ne change plus dès l’ouverture du tour. « À tout moment » coûte"
            " l’indépendance des avis : qui lit d’abord les autres écrit souvent comme eux."
        ),
    )
    authors_named = models.BooleanField(
        gettext_lazy("les membres savent qui a écrit chaque évaluation"),
        default=True,
        help_text=gettext_lazy(
            "Sinon seuls celles et ceux qui conduisent le tour le savent. Ne change plus dès"
            " l’ouverture du tour."
        ),
    )
    divergence_points = models.PositiveSmallIntegerField(
        gettext_lazy("écart, en points, à partir duquel les avis divergent"), default=30
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="round_divergence_is_a_gap",
                condition=Q(divergence_points__range=(1, 100)),
                violation_error_message=gettext_lazy("De 1 à 100 points."),
            ),
        ]

    @transaction.atomic
    def set_reading(self, *, by, reading, authors_named, divergence_points):
        """Choose who reads whose review, until the round opens; and what counts as divergence."""
        self.hold(
            type(self).objects.running().conducted_by(by),
            refusal=_("Ce tour est clos, ou n’est pas de votre ressort."),
        )
        changes = (reading, authors_named) != (self.reading, self.authors_named)
        if changes and not type(self).objects.planned().contains(self):
            raise Refused(_("Ce tour est ouvert : qui lit quoi ne change plus."), subject=self)
        self.reading, self.authors_named = reading, authors_named
        self.divergence_points = divergence_points
        self.save(update_fields=["reading", "authors_named", "divergence_points"])
        Event.record(
            "round.reading_set",
            actor=by,
            subject=self,
            reading=reading,
            authors_named=authors_named,
            divergence_points=divergence_points,
        )
