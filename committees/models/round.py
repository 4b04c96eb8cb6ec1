from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Line
from base.lifecycle import Held, Refused
from committees.models.committee import Committee
from committees.models.declaration import Declaration
from committees.models.grid import Grid
from committees.models.interest import Interest
from committees.models.reading import Policy
from committees.models.seat import Seat
from journal.models import Event


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(committee__in=Committee.objects.visible_to(user))

    def conducted_by(self, user):
        return self.filter(committee__in=Committee.objects.conducted_by(user))

    def checked_by(self, user):
        """The blind ones whose masked versions the user may check: the team, the secretary."""
        blind = self.filter(blind=True)
        seats = Seat.objects.active_on(today()).secretaries().filter(user=user)
        return blind if user.is_staff else blind.filter(committee__in=seats.values("committee"))

    # All by the database's clock, the only one that every path shares.

    def planned(self):
        return self.filter(opens_at__gt=Now())

    def open(self):
        """Reviews are accepted, soft close or not."""
        return self.filter(opens_at__lte=Now(), closes_at__gt=Now())

    def awaiting_reviews(self):
        """Open, and not past the day when reviews are awaited."""
        return self.open().filter(soft_closes_at__gt=Now())

    def running(self):
        """Not hard-closed: dossiers may join and be assigned."""
        return self.filter(closes_at__gt=Now())

    def closed(self):
        return self.filter(closes_at__lte=Now())

    def receptive_to(self, user):
        """Where the team may still bring a dossier."""
        return self.running() if user.is_staff else self.none()

    def staffable_by(self, user):
        return self.running().conducted_by(user)


class RoundState(models.TextChoices):
    PLANNED = "planned", gettext_lazy("à venir")
    OPEN = "open", gettext_lazy("ouvert")
    SOFT_CLOSED = "soft_closed", gettext_lazy("derniers retards")
    CLOSED = "closed", gettext_lazy("clos")


class Round(Policy, Held):
    """A session of examination: a committee reviews dossiers on a grid between two instants.

    After the soft close a review is late but accepted; after the hard close none is, by anyone.
    """

    State = RoundState

    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="rounds",
        verbose_name=gettext_lazy("comité"),
    )
    grid = models.ForeignKey(
        "committees.Grid",
        models.PROTECT,
        related_name="rounds",
        verbose_name=gettext_lazy("grille"),
    )
    name = Line(gettext_lazy("nom"), max_length=120)
    opens_at = models.DateTimeField(gettext_lazy("ouverture"))
    soft_closes_at = models.DateTimeField(gettext_lazy("remise attendue"))
    closes_at = models.DateTimeField(gettext_lazy("clôture définitive"))
    reviews_wanted = models.PositiveSmallIntegerField(
        gettext_lazy("évaluations par dossier"), default=3
    )
    max_load = models.PositiveSmallIntegerField(
        gettext_lazy("dossiers par membre au plus"), null=True, blank=True
    )
    blind = models.BooleanField(
        gettext_lazy("évaluation à l’aveugle"),
        default=False,
        help_text=gettext_lazy(
            "Les membres ne lisent ni qui porte les dossiers, ni de quel service ils viennent, ni"
            " les réponses qui le disent. Ce choix ne change plus."
        ),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("tour")
        verbose_name_plural = gettext_lazy("tours")
        constraints = [
            *Policy.Meta.constraints,
            models.UniqueConstraint(
                fields=["committee", "name"],
                name="round_named_once_per_committee",
                violation_error_message=gettext_lazy("Ce comité a déjà un tour de ce nom."),
            ),
            models.CheckConstraint(
                name="round_bounds_are_in_order",
                condition=Q(opens_at__lt=F("soft_closes_at"), soft_closes_at__lte=F("closes_at")),
                violation_error_message=gettext_lazy(
                    "L’ouverture précède la remise attendue, qui précède la clôture définitive."
                ),
            ),
            models.CheckConstraint(
                name="round_wants_a_few_reviews",
                condition=Q(reviews_wanted__range=(1, 10)),
                violation_error_message=gettext_lazy("De 1 à 10 évaluations par dossier."),
            ),
            models.CheckConstraint(
                name="round_load_is_sensible",
                condition=Q(max_load=None) | Q(max_load__range=(1, 1000)),
                violation_error_message=gettext_lazy("De 1 à 1 000 dossiers par membre."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("committees:round", args=[self.pk])

    @classmethod
    @transaction.atomic
    def open_for(cls, committee, *, by, grid, name, **bounds):
        """Plan a session of a committee on a published grid."""
        committee.hold(
            Committee.objects.conducted_by(by),
            refusal=_("Vous ne conduisez pas les travaux de ce comité."),
        )
        if not Grid.objects.published().contains(grid):
            raise Refused(_("Publiez la grille avant de l’employer."), subject=committee)
        round = cls.objects.create(
            committee=committee, grid=grid, name=name, created_by=by, **bounds
        )
        Event.record("round.planned", actor=by, subject=round)
        return round

    @transaction.atomic
    def reschedule(self, *, by, opens_at, soft_closes_at, closes_at):
        """Move the bounds; never earlier than promised once open, never after the hard close."""
        before = (self.soft_closes_at, self.closes_at)
        self.hold(
            Round.objects.running().conducted_by(by),
            refusal=_("Ce tour est clos, ou n’est pas de votre ressort."),
        )
        if Round.objects.open().contains(self):
            if opens_at != self.opens_at:
                raise Refused(_("Ce tour est déjà ouvert."), subject=self)
            if soft_closes_at < self.soft_closes_at or closes_at < self.closes_at:
                raise Refused(_("Un tour ouvert se prolonge, il ne s’écourte pas."), subject=self)
        self.opens_at, self.soft_closes_at, self.closes_at = opens_at, soft_closes_at, closes_at
        self.save(update_fields=["opens_at", "soft_closes_at", "closes_at"])
        Event.record("round.rescheduled", actor=by, subject=self, before=before[1], after=closes_at)

    @transaction.atomic
    def declare_interests(self, *, by, shown, ties=()):
        """Answer for each dossier shown: a tie (dossier, effect, reason), or none.

        `shown` are the keys that the page listed. Refused when they are no longer the next ones
        to declare: a dossier joined the round meanwhile, and nobody answers for what they did
        not see. From then on the others open.
        """
        self.hold(Round.objects.visible_to(by), refusal=_("Vous ne siégez pas à ce comité."))
        awaiting = self.deliberations.declarable_by(by).order_by("pk")
        shown = sorted(shown)
        if not shown or list(awaiting.values_list("pk", flat=True)[: len(shown)]) != shown:
            raise Refused(
                _("La liste a changé pendant votre lecture : relisez-la, puis déclarez."),
                subject=self,
            )
        for deliberation, effect, reason in ties:
            if deliberation.pk in shown:
                deliberation.declare_interest(by=by, effect=effect, reason=reason)
        declaration = Declaration.objects.create(round=self, person=by, up_to_id=shown[-1])
        Event.record("interests.declared", actor=by, subject=self)
        return declaration

    def undeclared_seats(self, user):
        """The seats that still owe a declaration on a dossier that the reader may see."""
        of_seat = {"person": OuterRef(OuterRef("user"))}
        declared = Declaration.objects.covering().filter(round=self, **of_seat)
        tied = Interest.objects.standing().filter(deliberation=OuterRef("pk"), **of_seat)
        awaiting = self.deliberations.live().checked().visible_to(user)
        awaiting = awaiting.exclude(Exists(declared)).exclude(Exists(tied))
        return self.committee.seats.active_on(today()).filter(Exists(awaiting)).in_order()

    @property
    def state(self):
        """Where the clock stands, for display; verbs ask the database's clock."""
        now = timezone.now()
        if now < self.opens_at:
            return RoundState.PLANNED
        if now < self.soft_closes_at:
            return RoundState.OPEN
        return RoundState.SOFT_CLOSED if now < self.closes_at else RoundState.CLOSED

    def get_state_display(self):
        return self.state.label
