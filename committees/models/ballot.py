from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Line
from base.lifecycle import Lifecycle, Refused
from committees.models.agenda import AgendaItem
from committees.models.attendance import Attendance
from committees.models.deliberation import Deliberation
from committees.models.seat import Seat
from committees.models.sitting import Sitting
from committees.models.tally import Base, Tally, Threshold, TieRule
from committees.models.vote import Vote
from journal.models import Event


class BallotQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(item__in=AgendaItem.objects.visible_to(user))

    def conducted_by(self, user):
        """In an open sitting, by the chair and the secretary without an interest in it."""
        held = AgendaItem.objects.conducted_by(user).filter(sitting__in=Sitting.objects.open())
        return self.filter(item__in=held)

    def votable_by(self, user):
        """Open, for a voting member who is there, declared their interests and has none in it."""
        here = Attendance.objects.here().filter(
            seat__in=Seat.objects.voting().active_on(today()).filter(user=user),
            sitting=OuterRef("item__sitting"),
        )
        free = Deliberation.objects.free_for(user)
        return self.open().visible_to(user).filter(Exists(here), item__deliberation__in=free)

    def for_page(self, user):
        """With how many voted, and whether the reader may vote, or conducts it."""
        votable = Ballot.objects.votable_by(user).filter(pk=OuterRef("pk"))
        conducted = Ballot.objects.conducted_by(user).filter(pk=OuterRef("pk"))
        given = Count("votes", filter=~Q(votes__choice="silent"))
        return self.select_related(
            "item__sitting__committee", "item__deliberation__snapshot"
        ).annotate(votable=Exists(votable), conducted=Exists(conducted), vote_count=given)

    def open(self):
        return self.filter(status=BallotStatus.OPEN)

    def proclaimed(self):
        return self.filter(status=BallotStatus.PROCLAIMED)

    def live(self):
        """All but the cancelled."""
        return self.exclude(status=BallotStatus.CANCELLED)


class BallotStatus(models.TextChoices):
    PREPARED = "prepared", gettext_lazy("préparé")
    OPEN = "open", gettext_lazy("ouvert")
    CLOSED = "closed", gettext_lazy("clos")
    PROCLAIMED = "proclaimed", gettext_lazy("résultat proclamé")
    CANCELLED = "cancelled", gettext_lazy("annulé")


class Ballot(Lifecycle):
    """A question put to the vote, open and by name: for, against, abstention.

    Its proposal is one outcome: adopted, the decision must follow it; rejected, it may not.
    From its opening the database refuses any change of the question and of the rules.
    """

    Status = BallotStatus
    Threshold = Threshold
    Base = Base
    TieRule = TieRule
    TRANSITIONS = {
        Status.PREPARED: {Status.OPEN, Status.CANCELLED},
        Status.OPEN: {Status.CLOSED, Status.CANCELLED},
        Status.CLOSED: {Status.PROCLAIMED, Status.CANCELLED},
        Status.PROCLAIMED: {Status.CANCELLED},
    }

    item = models.ForeignKey(
        "committees.AgendaItem", models.PROTECT, editable=False, related_name="ballots"
    )
    question = Line(gettext_lazy("question posée"), max_length=300)
    proposal = models.CharField(gettext_lazy("issue proposée"), max_length=20)
    threshold = models.CharField(
        gettext_lazy("majorité"), max_length=12, choices=Threshold, default=Threshold.MAJORITY
    )
    base = models.CharField(
        gettext_lazy("calculée sur le nombre"), max_length=12, choices=Base, default=Base.CAST
    )
    tie_rule = models.CharField(
        gettext_lazy("en cas de partage égal"),
        max_length=12,
        choices=TieRule,
        default=TieRule.CASTING_VOTE,
    )
    status = models.CharField(
        max_length=10, choices=BallotStatus, default=BallotStatus.PREPARED, editable=False
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    cancellation = Line(gettext_lazy("motif de l’annulation"), max_length=300, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("scrutin")
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=~Q(status="cancelled"),
                name="ballot_one_live_per_item",
                violation_error_message=gettext_lazy("Ce dossier a déjà un scrutin."),
            ),
            models.CheckConstraint(
                name="ballot_status_agrees_with_its_stamps",
                condition=Q(status="prepared", opened_at=None, opened_by=None)
                | Q(status="cancelled")
                | Q(status="open", opened_at__isnull=False, opened_by__isnull=False, closed_at=None)
                | Q(
                    status__in=["closed", "proclaimed"],
                    opened_at__isnull=False,
                    opened_by__isnull=False,
                    closed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="ballot_cancelled_has_its_reason",
                condition=~Q(status="cancelled") | Q(cancellation__regex=r"\S"),
                violation_error_message=gettext_lazy("Indiquez pourquoi ce scrutin est annulé."),
            ),
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("committees:ballot", args=[self.pk])

    @classmethod
    @transaction.atomic
    def prepare(cls, *, by, item, question, proposal, **rules):
        """Word the question; refused for an outcome that the subject does not know."""
        item.hold(
            AgendaItem.objects.postponable_by(by),
            refusal=_("Vous ne pouvez pas préparer de scrutin sur ce dossier maintenant."),
        )
        if proposal not in item.deliberation.examined().Outcome.values:
            raise Refused(_("Le comité ne peut pas décider cette issue."), subject=item)
        ballot = cls(item=item, question=question, proposal=proposal, **rules)
        ballot.validate_constraints()
        ballot.save(force_insert=True)
        Event.record("ballot.prepared", actor=by, subject=item.deliberation, question=question)
        return ballot

    @transaction.atomic
    def open(self, *, by):
        """Let the electors vote; from now on neither question nor rule changes."""
        self.item.deliberation.hold(
            Deliberation.objects.all(), refusal=_("Cette délibération est introuvable.")
        )
        self._hold_conducted(by)
        if self.item.status != AgendaItem.Status.OPEN:
            raise Refused(_("Ouvrez d’abord l’examen de ce dossier."), subject=self)
        if not self.item.assembly().electors:
            raise Refused(_("Personne ne peut voter sur ce dossier."), subject=self)
        self.move(self.Status.OPEN, opened_at=timezone.now(), opened_by=by)
        Event.record("ballot.opened", actor=by, subject=self.item.deliberation)

    @transaction.atomic
    def cast(self, *, by, choice, comment="", seat=None):
        """Vote for one's own seat, or for the one represented; the last vote before the end counts.

        Refused when the ballot is not open, to the absent, the interested, and for another's seat.
        """
        self.hold(
            Ballot.objects.votable_by(by),
            refusal=_("Vous ne pouvez pas voter à ce scrutin."),
        )
        electors = self.seats_of(by)
        seat = seat or next(iter(electors), None)
        if seat not in electors:
            raise Refused(_("Vous ne votez pas pour ce siège."), subject=self)
        answer = {"choice": choice, "comment": comment, "cast_by": by, "neutralised_at": None}
        if same := self.votes.filter(seat=seat, **answer).first():
            return same  # the same click twice is one vote and one event
        vote, _created = self.votes.update_or_create(
            seat=seat, defaults=answer | {"cast_at": timezone.now()}
        )
        Event.record("vote.cast", actor=by, subject=self, seat=seat.pk, choice=choice)
        return vote

    @transaction.atomic
    def close(self, *, by):
        """End the vote; whoever could vote and did not is noted as silent."""
        self._hold_conducted(by)
        if self.status == self.Status.OPEN:
            silent = [
                Vote(ballot=self, seat=seat, choice=Vote.Choice.SILENT)
                for seat in self.awaited_seats()
            ]
            Vote.objects.bulk_create(silent)
        self.move(self.Status.CLOSED, closed_at=timezone.now())
        Event.record("ballot.closed", actor=by, subject=self.item.deliberation)

    @transaction.atomic
    def proclaim(self, *, by):
        """Say the result aloud: the members see it, the decision may follow."""
        self._hold_conducted(by)
        self.move(self.Status.PROCLAIMED)
        Event.record("ballot.proclaimed", actor=by, subject=self.item.deliberation)

    @transaction.atomic
    def cancel(self, *, by, reason):
        """Call it off, with a reason; its votes stay in the record and count for nothing."""
        self._hold_conducted(by)
        if self.decisions.exists():
            raise Refused(_("Ce scrutin a fondé une décision."), subject=self)
        self.move(self.Status.CANCELLED, cancellation=reason)
        Event.record("ballot.cancelled", actor=by, subject=self.item.deliberation, reason=reason)

    @property
    def proposal_label(self):
        """The outcome put to the vote, in the words of what is examined."""
        return self.item.deliberation.outcome_label(self.proposal)

    def seats_of(self, user):
        """The seats for which a user votes here: first their own, then the one they represent."""
        seats = {seat.pk: seat for seat in self.item.sitting.seats().voting()}
        own = next((pk for pk, seat in seats.items() if seat.user_id == user.pk), None)
        return [seats[pk] for pk in self.item.assembly().votes_of(own)]

    def awaited_seats(self):
        """The seats that may vote and have not."""
        seats = self.item.sitting.seats().filter(pk__in=self.item.assembly().electors)
        return seats.exclude(pk__in=self.votes.values("seat")).order_by("pk")

    def awaited_voters(self):
        """The seats of those who have yet to vote, for themselves or for somebody else."""
        assembly = self.item.assembly()
        lacking = assembly.electors - set(self.votes.values_list("seat", flat=True))
        voters = {assembly.voter_for(seat) for seat in lacking}
        return Seat.objects.filter(pk__in=voters).select_related("user").order_by("pk")

    def tally(self):
        """The votes that count now: a late declaration of interest changes it at once."""
        counting = self.votes.counting()
        counts = dict(counting.values_list("choice").annotate(Count("pk")).order_by())
        chair = counting.filter(seat__capacity=Seat.Capacity.CHAIR, cast_by=models.F("seat__user"))
        voice = chair.filter(choice__in=["for", "against"]).values_list("choice", flat=True).first()
        return Tally(
            in_favour=counts.get("for", 0),
            against=counts.get("against", 0),
            abstaining=counts.get("abstain", 0),
            silent=counts.get("silent", 0),
            composition=self.item.composition or 0,
            chair=voice or "",
        )

    def result(self):
        return self.tally().result(threshold=self.threshold, base=self.base, tie_rule=self.tie_rule)

    def allowed_outcomes(self):
        """What a decision may be without contradicting the result."""
        adopted, outcomes = self.result().adopted, self.item.deliberation.examined().Outcome
        return [o for o in outcomes if (o == self.proposal) is adopted]

    def _hold_conducted(self, user):
        self.hold(
            Ballot.objects.conducted_by(user),
            refusal=_("Vous ne conduisez pas ce scrutin, ou la séance n’est pas ouverte."),
        )
