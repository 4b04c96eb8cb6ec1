from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import Case, Count, F, Func, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Line
from base.lifecycle import Held
from committees.models.assignment_status import COUNTING
from journal.models import Event


class SeatQuerySet(models.QuerySet):
    def active_on(self, day):
        """Those whose mandate runs on a day; the last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def voting(self):
        return self.filter(capacity__in=VOTING)

    def reviewing(self):
        """Those who may be asked to review a dossier."""
        return self.filter(capacity__in=[*VOTING, SeatCapacity.SUBSTITUTE])

    def speaking(self):
        """Those who take part in the talk; an observer listens."""
        return self.exclude(capacity=SeatCapacity.OBSERVER)

    def reviewing_today(self):
        return self.active_on(today()).reviewing()

    def conducting(self):
        """Those who run the examinations: the chair and the secretary."""
        return self.filter(capacity__in=[SeatCapacity.CHAIR, SeatCapacity.SECRETARY])

    def in_order(self):
        """The chair first, then as they were seated."""
        ranks = [When(capacity=capacity, then=rank) for rank, capacity in enumerate(SeatCapacity)]
        return self.select_related("user").order_by(Case(*ranks), "pk")

    def secretaries(self):
        return self.filter(capacity=SeatCapacity.SECRETARY)

    def chairs(self):
        return self.filter(capacity=SeatCapacity.CHAIR)

    def free_of_interest(self, deliberation):
        """Without those whose person has a standing interest in what is examined."""
        return self.exclude(user__in=deliberation.interests.standing().values("person"))

    def annotate_load(self, round):
        """With `load`: how many dossiers of a round weigh on each."""
        weighing = Q(
            assignments__deliberation__round=round,
            assignments__status__in=COUNTING,
        )
        return self.annotate(load=Count("assignments", filter=weighing))

    def vacatable_by(self, user):
        return self if user.is_staff else self.none()


class SeatCapacity(models.TextChoices):
    CHAIR = "chair", gettext_lazy("présidence")
    MEMBER = "member", gettext_lazy("membre")
    SUBSTITUTE = "substitute", gettext_lazy("suppléance")
    SECRETARY = "secretary", gettext_lazy("secrétariat, sans voix")
    OBSERVER = "observer", gettext_lazy("observation, sans voix")


VOTING = [SeatCapacity.CHAIR, SeatCapacity.MEMBER]
MANDATE = Func("starts_on", "ends_on", Value("[]"), function="daterange")


class Seat(Held):
    """A person's place on a committee, from a day to a day, in one capacity."""

    Capacity = SeatCapacity

    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, related_name="seats", editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("personne"),
    )
    capacity = models.CharField(
        gettext_lazy("qualité"), max_length=10, choices=Capacity, default=Capacity.MEMBER
    )
    substitutes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="substitute_seats",
        verbose_name=gettext_lazy("supplée"),
    )
    starts_on = models.DateField(gettext_lazy("premier jour"))
    ends_on = models.DateField(gettext_lazy("dernier jour"), null=True, blank=True)

    max_load = models.PositiveSmallIntegerField(
        gettext_lazy("dossiers par tour au plus"),
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "Ce que la personne accepte de porter ; le maximum du tour s’applique aussi."
        ),
    )
    letter = Line(
        gettext_lazy("lettre de mission"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Sa référence, par exemple « lettre du 3 mars, SG/2026/118 »."),
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("siège")
        verbose_name_plural = gettext_lazy("sièges")
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=gettext_lazy("Le dernier jour précède le premier."),
            ),
            models.CheckConstraint(
                name="seat_only_a_substitute_substitutes",
                condition=Q(substitutes=None) | Q(capacity=SeatCapacity.SUBSTITUTE),
                violation_error_message=gettext_lazy("Seule une suppléance supplée un siège."),
            ),
            models.CheckConstraint(
                name="seat_load_is_sensible",
                condition=Q(max_load=None) | Q(max_load__range=(0, 1000)),
                violation_error_message=gettext_lazy("De 0 à 1 000 dossiers par tour."),
            ),
            ExclusionConstraint(
                name="seat_one_per_person_at_a_time",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (MANDATE, RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("Cette personne siège déjà à ces dates."),
            ),
            ExclusionConstraint(
                name="seat_one_chair_at_a_time",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    (MANDATE, RangeOperators.OVERLAPS),
                ],
                condition=Q(capacity=SeatCapacity.CHAIR),
                violation_error_message=gettext_lazy("Le comité est déjà présidé à ces dates."),
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_capacity_display()})"

    @transaction.atomic
    def vacate(self, *, by, on):
        """End the mandate on a day, its last; what was reviewed and voted stays."""
        self.hold(
            Seat.objects.vacatable_by(by),
            refusal=_("Seule l’équipe de l’incubateur compose un comité."),
        )
        self.ends_on = on
        self.save(update_fields=["ends_on"])
        Event.record("seat.vacated", actor=by, subject=self.committee, seat=self.pk)

    @transaction.atomic
    def qualify(self, *, by, max_load, letter, subjects):
        """Say what the member brings (the subjects they know) and bears (dossiers at most)."""
        self.hold(
            Seat.objects.vacatable_by(by),
            refusal=_("Seule l’équipe de l’incubateur compose un comité."),
        )
        self.max_load, self.letter = max_load, letter
        self.save(update_fields=["max_load", "letter"])
        self.expertises.exclude(subject__in=subjects).delete()
        known = set(self.expertises.values_list("subject", flat=True))
        for subject in sorted(set(subjects) - known):
            self.expertises.create(subject=subject)
        Event.record("seat.qualified", actor=by, subject=self.committee, seat=self.pk)

    def limit_in(self, round):
        """How many dossiers of a round they take at most, or None."""
        limits = [limit for limit in (self.max_load, round.max_load) if limit is not None]
        return min(limits, default=None)

    @property
    def is_voting(self):
        return self.capacity in VOTING
