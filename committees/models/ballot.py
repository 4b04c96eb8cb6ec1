from collections import Counter

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from committees.models.agenda import AgendaItem
from committees.models.deliberation import Deliberation
from committees.models.poll import Poll, PollQuerySet
from committees.models.roll import Elector
from committees.models.seat import Seat
from committees.models.sitting import Sitting
from committees.models.tally import Base, Tally, Threshold, TieRule
from committees.models.vote import Vote
from journal.models import Event


class BallotQuerySet(PollQuerySet):
    def visible_to(self, user):
        return self.filter(item__in=AgendaItem.objects.visible_to(user))

    def conducted_by(self, user):
        """In an open sitting, by the chair and the secretary without an interest in it."""
        held = AgendaItem.objects.conducted_by(user).filter(sitting__in=Sitting.objects.open())
        return self.filter(item__in=held)

    def votable_by(self, user):
        """Open, for an elector who is there, declared their interests and has none in it."""
        awaiting = self.awaiting(user, sitting="item__sitting").visible_to(user)
        return awaiting.filter(item__deliberation__in=Deliberation.objects.free_for(user))

    def unanswered_by(self, user):
        """Those where the user's own vote lacks."""
        awaited = self.votable_by(user).exclude(votes__seat__user=user)
        return awaited.exclude(electors__in=Elector.objects.marked().filter(seat__user=user))

    def proclaimed_by(self, instant):
        """Proclaimed by an instant and not called off then, even if they were since."""
        kind = ContentType.objects.get_for_model(Deliberation)
        said = Event.objects.filter(
            subject_type=kind,
            subject_id=OuterRef("item__deliberation"),
            at__gte=OuterRef("closed_at"),
            at__lte=instant,
        )
        off = Exists(said.filter(verb__in=["ballot.cancelled", "ballot.voided"]))
        stood = Q(status=Poll.Status.PROCLAIMED) | Q(status=Poll.Status.CANCELLED) & ~off
        return self.filter(stood, Exists(said.filter(verb="ballot.proclaimed")))

    def for_turnout(self, user):
        """With whether the reader conducts it: all that following it asks, every few seconds."""
        same = Ballot.objects.filter(pk=OuterRef("pk"))
        return self.select_related(
            "item__sitting__committee", "item__deliberation__snapshot"
        ).annotate(conducted=Exists(same.conducted_by(user)))

    def for_page(self, user):
        """With whether the reader may vote and has voted too."""
        same = Ballot.objects.filter(pk=OuterRef("pk"))
        return self.for_turnout(user).annotate(
            votable=Exists(same.votable_by(user)),
            unanswered=Exists(same.unanswered_by(user)),
        )


class Ballot(Poll):
    """A question put to the vote on one dossier: for, against, abstention.

    Its proposal is one outcome: adopted, the decision must follow it; rejected, it may not.
    """

    Threshold = Threshold
    Base = Base
    TieRule = TieRule

    item = models.ForeignKey(
        "committees.AgendaItem", models.PROTECT, editable=False, related_name="ballots"
    )
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

    objects = BallotQuerySet.as_manager()

    class Meta(Poll.Meta):
        verbose_name = gettext_lazy("scrutin")
        constraints = [
            *Poll.Meta.constraints,
            models.UniqueConstraint(
                fields=["item"],
                condition=~Q(status="cancelled"),
                name="ballot_one_live_per_item",
                violation_error_message=gettext_lazy("Ce dossier a déjà un scrutin."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("committees:ballot", args=[self.pk])

    @property
    def vote_url(self):
        return reverse("committees:vote", args=[self.item.deliberation_id])

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
        self.hold_conducted(by)
        if self.item.status != AgendaItem.Status.OPEN:
            raise Refused(_("Ouvrez d’abord l’examen de ce dossier."), subject=self)
        voices = self.assembly().electors
        if not voices:
            raise Refused(_("Personne ne peut voter sur ce dossier."), subject=self)
        self.refuse_too_few(len(voices), self.item.sitting.committee.secrecy_minimum)
        self.begin(by=by, seats=self.electorate())
        Event.record("ballot.opened", actor=by, subject=self.item.deliberation)

    @transaction.atomic
    def cast(self, *, by, choice, comment="", seat=None):
        """Vote for one's own seat, or for the one represented; the last vote before the end counts.

        In secret, the first one, of which no vote is made. Refused when the ballot is not open, to
        the absent, the interested, and for another's seat.
        """
        self.hold(
            Ballot.objects.votable_by(by),
            refusal=_("Vous ne pouvez pas voter à ce scrutin."),
        )
        electors = self.seats_of(by)
        seat = seat or next(iter(electors), None)
        if seat not in electors:
            raise Refused(_("Vous ne votez pas pour ce siège."), subject=self)
        if choice not in Vote.ANSWERS:
            raise Refused(_("Votez pour, contre ou abstention."), subject=self)
        if self.secret:
            return self.drop(seat, [choice])
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
        self.end(by=by)
        Event.record("ballot.closed", actor=by, subject=self.item.deliberation)

    @transaction.atomic
    def proclaim(self, *, by):
        """Say the result aloud: the members see it, the decision may follow."""
        self.hold_conducted(by)
        self.move(self.Status.PROCLAIMED)
        Event.record("ballot.proclaimed", actor=by, subject=self.item.deliberation)

    @transaction.atomic
    def cancel(self, *, by, reason):
        """Call it off, with a reason; its votes stay in the record and count for nothing."""
        self.hold_conducted(by)
        if self.decisions.exists():
            raise Refused(_("Ce scrutin a fondé une décision."), subject=self)
        self.move(self.Status.CANCELLED, cancellation=reason)
        Event.record("ballot.cancelled", actor=by, subject=self.item.deliberation, reason=reason)

    @transaction.atomic
    def revote(self, *, by):
        """Put the same question to the vote again, by the same rules, after a tie."""
        self.item.hold(
            AgendaItem.objects.postponable_by(by), refusal=_("L’examen du dossier est terminé.")
        )
        self.hold_conducted(by)
        if self.status != self.Status.PROCLAIMED or not self.result().undecided:
            raise Refused(_("Ce scrutin n’appelle pas de nouveau vote."), subject=self)
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("partage égal des voix, %(voices)s contre %(voices)s ; nouveau vote")
        self.cancel(by=by, reason=reason % {"voices": self.tally().in_favour})
        kept = ["question", "proposal", "threshold", "base", "tie_rule", "secret", "followed"]
        rules = {name: getattr(self, name) for name in kept}
        return Ballot.prepare(by=by, item=self.item, **rules)

    @property
    def proposal_label(self):
        """The outcome put to the vote, in the words of what is examined."""
        return self.item.deliberation.outcome_label(self.proposal)

    def sitting_held(self):
        return self.item.sitting

    def assembly(self):
        return self.item.assembly()

    def electorate(self):
        """The voting seats of the committee, but those whose person has an interest in it."""
        seats = self.item.sitting.seats().voting().free_of_interest(self.item.deliberation)
        return seats.values_list("pk", flat=True)

    def given(self):
        """The votes that somebody cast."""
        return self.votes.given()

    def note_silence(self):
        """At the end, who was there or represented and did not vote; in secret, how many."""
        silent = self.awaited_seats()
        if self.secret:
            self.fill_urn(Counter({Vote.Choice.SILENT.value: len(silent)}))
        else:
            Vote.objects.bulk_create(
                Vote(ballot=self, seat=seat, choice=Vote.Choice.SILENT) for seat in silent
            )

    def neutralise(self, person):
        """Make the votes that an interested person gave, or had given for them, count no more."""
        if self.secret and self.void(person):
            Event.record("ballot.voided", actor=None, subject=self.item.deliberation)
        elif not self.secret:
            given = Q(seat__user=person) | Q(cast_by=person)
            self.votes.counting().filter(given).update(neutralised_at=timezone.now())

    def tally(self, at=None):
        """The votes that count now: a late declaration of interest changes it at once.

        Or those that counted at an instant, where the ballot stood proclaimed then.
        """
        counting = self.votes.counting(at)
        if self.secret:
            counts = self.urn.counts if self.is_over or at else {}
        else:
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

    def result(self, at=None):
        return self.tally(at).result(
            threshold=self.threshold, base=self.base, tie_rule=self.tie_rule, seed=self.seed
        )

    def allowed_outcomes(self):
        """What a decision may be without contradicting the result; nothing while it is a tie."""
        result, outcomes = self.result(), self.item.deliberation.examined().Outcome
        if result.undecided:
            return []
        return [o for o in outcomes if (o == self.proposal) is result.adopted]

    def hold_conducted(self, user):
        self.hold(
            Ballot.objects.conducted_by(user),
            refusal=_("Vous ne conduisez pas ce scrutin, ou la séance n’est pas ouverte."),
        )
