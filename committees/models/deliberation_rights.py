"""Who may do what with a deliberation: each right is a queryset, and the only door."""

from django.db import models
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.db.models.functions import Round as Rounded
from django.utils.translation import gettext_lazy

from base.calendar import today
from committees.models.assignment_status import COUNTING, AssignmentStatus
from committees.models.conclusion import ConclusionQuerySet
from committees.models.declaration import Declaration
from committees.models.interest import Interest
from committees.models.reading import open_reading
from committees.models.round import Round
from committees.models.seat import Seat


class DeliberationStatus(models.TextChoices):
    PREPARED = "prepared", gettext_lazy("en examen")
    OPEN = "open", gettext_lazy("en délibération")
    ADJOURNED = "adjourned", gettext_lazy("ajournée")
    CONCLUDED = "concluded", gettext_lazy("conclue")
    VOID = "void", gettext_lazy("sans objet")


LIVE = [DeliberationStatus.PREPARED, DeliberationStatus.OPEN, DeliberationStatus.ADJOURNED]


class DeliberationQuerySet(ConclusionQuerySet):
    def visible_to(self, user):
        """Never to an interested person kept from reading, be they of the team.

        To the team; to those who sit, once they have declared their interests for the dossier
        and its round has opened (those who conduct it need not wait for the opening).
        """
        readable = self.exclude(self._interest(Interest.objects.excluding(), user))
        if user.is_staff:
            return readable
        opened = Q(round__opens_at__lte=Now()) | self._seat(Seat.objects.conducting(), user)
        return readable.seating(user).declared_by(user).filter(opened)

    def seating(self, user):
        """Of the committees where the user sits today."""
        return self.filter(self._seat(Seat.objects, user))

    def declared_by(self, user):
        declarations = Declaration.objects.covering().filter(person=user, round=OuterRef("round"))
        return self.filter(Exists(declarations))

    def checked(self):
        """Fit to be read by the members: in a blind round, once the masked version is approved."""
        return self.filter(Q(round__blind=False) | Q(masking__approved_at__isnull=False))

    def free_for(self, user):
        """Without a standing interest of theirs."""
        return self.exclude(self._interest(Interest.objects.standing(), user))

    def declarable_by(self, user):
        """Awaiting the word of someone who sits, before they may read."""
        declared = self.declared_by(user).values("pk")
        return self.live().checked().seating(user).free_for(user).exclude(pk__in=declared)

    def wishable_by(self, user):
        """Where the user may say what they would rather review: declared on, without a tie."""
        return self.live().seating(user).declared_by(user).free_for(user)

    def recusable_by(self, user):
        """Where the user takes part and may still step aside, even late."""
        free = self.live().free_for(user)
        return free if user.is_staff else free.seating(user)

    def conducted_by(self, user):
        return self.filter(round__in=Round.objects.conducted_by(user))

    def assignable_by(self, user):
        """Under way, in a round not closed, for those who conduct it without an interest."""
        running = self.live().checked().filter(round__in=Round.objects.running())
        return running.conducted_by(user).visible_to(user).free_for(user)

    def openable_by(self, user):
        ready = self.checked().filter(status__in=self.model.sources(DeliberationStatus.OPEN))
        return ready.conducted_by(user).visible_to(user).free_for(user)

    def reviewable_by(self, user):
        """In an open round, accepted by the user, who declared and has no interest in it."""
        mine = self.filter(
            self._assignment(user, AssignmentStatus.ACCEPTED), round__in=Round.objects.open()
        )
        return mine.live().seating(user).declared_by(user).free_for(user)

    def scores_visible_to(self, user):
        """Where the user may read the reviews of others, and what they add up to.

        As the round has it from its first dossier on: see `Reading`.
        """
        reachable = open_reading(
            conducted=Q(round__in=Round.objects.conducted_by(user)),
            assigned=lambda *statuses: self._assignment(user, *statuses),
        )
        return self.visible_to(user).filter(reachable)

    def remarkable_by(self, user):
        """Under way, for those of the committee who take part and may read others' reviews."""
        speaking = self._seat(Seat.objects.speaking(), user)
        return self.live().scores_visible_to(user).free_for(user).filter(speaking)

    def ranked(self):
        """All but those that only serve to compare how members use the grid."""
        return self.filter(calibration=None)

    def with_rights_of(self, user):
        """With `can_…`, for the page that offers what may be done now."""
        rights = {
            "can_declare_interest": self.model.objects.recusable_by(user),
            "can_assign": self.model.objects.assignable_by(user),
            "can_review": self.model.objects.reviewable_by(user),
            "can_conduct": self.model.objects.conducted_by(user),
            "can_read_scores": self.model.objects.scores_visible_to(user),
            "can_conclude": self.model.objects.concludable_by(user),
            "can_calibrate": self.model.objects.assignable_by(user).schedulable_by(user),
        }
        return self.annotate(
            **{name: Exists(right.filter(pk=OuterRef("pk"))) for name, right in rights.items()}
        )

    def with_progress(self, user):
        """With the user's own part, and how many are asked (`asked`) and done (`done`)."""
        own = Seat.objects.filter(user=user, assignments__deliberation=OuterRef("pk"))
        counted = Count("assignments", filter=Q(assignments__status__in=COUNTING))
        done = Count("assignments", filter=Q(assignments__status=AssignmentStatus.REVIEWED))
        return self.annotate(
            own_status=Subquery(own.values("assignments__status")[:1]), asked=counted, done=done
        )

    def recognisable(self):
        """With what tells a reader whose dossier it is."""
        return self.select_related("snapshot").prefetch_related("services")

    def divergent(self):
        """Whose reviews are further apart than the round bears."""
        return self.filter(spread__gte=F("round__divergence_points"))

    def with_coverage(self):
        """With `coverage`: the mean share of the weights that its reviews answered, out of 100."""
        given = Seat.objects.filter(
            assignments__deliberation=OuterRef("pk"), assignments__review__status="handed_in"
        ).order_by()
        mean = given.values("assignments__deliberation").annotate(
            mean=Avg("assignments__review__coverage")
        )
        return self.annotate(coverage=Rounded(Subquery(mean.values("mean")[:1]), precision=2))

    def by_score(self):
        return self.order_by(F("score").desc(nulls_last=True), "pk")

    def live(self):
        return self.filter(status__in=LIVE)

    @staticmethod
    def _interest(interests, user):
        return Exists(interests.filter(deliberation=OuterRef("pk"), person=user))

    @staticmethod
    def _seat(seats, user):
        held = seats.active_on(today()).filter(user=user, committee=OuterRef("round__committee"))
        return Exists(held)

    @staticmethod
    def _assignment(user, *statuses):
        return Exists(
            Seat.objects.filter(
                user=user,
                assignments__deliberation=OuterRef("pk"),
                assignments__status__in=statuses,
            )
        )
