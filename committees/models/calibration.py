from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Held, Refused
from committees.models.assignment import Assignment
from committees.models.deliberation import Deliberation
from committees.models.reading import Reading
from committees.models.review import Review
from committees.models.round import Round
from journal.models import Event


class CalibrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(deliberation__in=Deliberation.objects.visible_to(user))

    def conducted_by(self, user):
        """In a round not closed, for those who conduct it without an interest in the dossier."""
        return self.filter(deliberation__in=Deliberation.objects.assignable_by(user))

    def asking(self):
        """On a dossier under way that the members may read, in a round not closed."""
        read = Deliberation.objects.live().checked().filter(round__in=Round.objects.running())
        return self.filter(deliberation__in=read)

    def comparable_by(self, user):
        """Where the levels of all may be compared: everybody is done, or a conductor opened it.

        Who was seated since takes away from nobody what they may read. Never while one's own is
        awaited, unless the round lets others' be read at any time.
        """
        awaited = Assignment.objects.pending().filter(deliberation=OuterRef("deliberation"))
        mine = awaited.filter(seat__user=user)
        seated = awaited.filter(seat__starts_on__lte=OuterRef("marked_on"))
        closed = Q(deliberation__round__in=Round.objects.closed())
        done = closed | Q(revealed_at__isnull=False) | ~Exists(seated)
        free = closed | ~Exists(mine) | Q(deliberation__round__reading=Reading.ALWAYS)
        visible = self.visible_to(user).alias(marked_on=TruncDate("marked_at"))
        return visible.filter(done, free)


class Calibration(Held):
    """A dossier that every member reviews so that all use the grid alike; it counts for no rank.

    Its reviews say how severe each member is, and its levels are compared once all are in, or
    once a conductor opens the comparison. Given back to the round, it counts like any other.
    """

    deliberation = models.OneToOneField(
        "committees.Deliberation", models.PROTECT, related_name="calibration", editable=False
    )
    marked_at = models.DateTimeField(default=timezone.now, editable=False)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    revealed_at = models.DateTimeField(null=True, editable=False)
    revealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = CalibrationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("dossier d’étalonnage")
        verbose_name_plural = gettext_lazy("dossiers d’étalonnage")
        constraints = [
            models.CheckConstraint(
                name="calibration_revealed_at_and_by",
                condition=Q(revealed_at=None, revealed_by=None)
                | Q(
                    revealed_at__isnull=False,
                    revealed_by__isnull=False,
                    revealed_at__gte=F("marked_at"),
                ),
            )
        ]

    def __str__(self):
        return str(self.deliberation)

    def get_absolute_url(self):
        return reverse("committees:calibration", args=[self.deliberation_id])

    @classmethod
    @transaction.atomic
    def mark(cls, *, by, deliberation):
        """Set a dossier apart and propose it to every member without an interest in it.

        Refused once it is on an agenda, or set apart already.
        """
        deliberation.round.hold(
            Round.objects.staffable_by(by),
            refusal=_("Ce tour est clos, ou n’est pas de votre ressort."),
        )
        deliberation.hold(
            Deliberation.objects.assignable_by(by).schedulable_by(by),
            refusal=_("Ce dossier ne peut pas servir à l’étalonnage."),
        )
        calibration = cls.objects.create(deliberation=deliberation, marked_by=by)
        calibration._ask()
        Event.record("calibration.marked", actor=by, subject=deliberation)
        return calibration

    @transaction.atomic
    def ask_newcomers(self):
        """Propose it, in the name of who set it apart, to those seated or freed since.

        Refused once given back, or its round is closed.
        """
        asking = Calibration.objects.asking().values("deliberation")
        self.deliberation.hold(
            Deliberation.objects.filter(pk__in=asking),
            refusal=_("Ce dossier ne sert plus à l’étalonnage."),
        )
        return self._ask()

    @transaction.atomic
    def reveal(self, *, by):
        """Open the comparison without waiting for the last members; refused below two reviews."""
        self._hold_conducted(by)
        if self.revealed_at:
            raise Refused(_("La comparaison est déjà ouverte."), subject=self)
        if Review.objects.handed_in().on(self.deliberation).count() < 2:
            raise Refused(_("Il faut au moins deux évaluations remises."), subject=self)
        self.revealed_at, self.revealed_by = timezone.now(), by
        self.save(update_fields=["revealed_at", "revealed_by"])
        Event.record("calibration.revealed", actor=by, subject=self.deliberation)

    @transaction.atomic
    def give_back(self, *, by):
        """Let the dossier count like any other, with the reviews that it has."""
        self._hold_conducted(by)
        Event.record("calibration.given_back", actor=by, subject=self.deliberation)
        self.delete()

    def progress(self):
        """How many members were asked and how many are done, those who stepped aside left out."""
        return self.deliberation.assignments.counting().aggregate(
            asked=Count("pk"), done=Count("pk", filter=Q(status=Assignment.Status.REVIEWED))
        )

    def _ask(self):
        """Propose it to the members without an interest who were not asked."""
        dossier = self.deliberation
        seats = dossier.committee.seats.reviewing_today().free_of_interest(dossier)
        asked = seats.exclude(assignments__deliberation=dossier).select_related("user")
        why = _("Dossier d’étalonnage : tous les membres l’évaluent.")
        pairs = [(dossier, seat, why) for seat in asked.order_by("pk")]
        return dossier.assignments.propose(pairs, by=self.marked_by)

    def _hold_conducted(self, user):
        self.deliberation.hold(
            Deliberation.objects.assignable_by(user),
            refusal=_("Ce dossier n’est pas de votre ressort, ou son tour est clos."),
        )
        self.hold(
            Calibration.objects.conducted_by(user),
            refusal=_("Ce dossier ne sert plus à l’étalonnage."),
        )
