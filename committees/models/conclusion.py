"""How a deliberation ends: its votes and its decision."""

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from base.calendar import today
from committees import notices
from committees.models.decision import Decision
from committees.models.seat import Seat
from journal.models import AboutQuerySet, Event


class ConclusionQuerySet(AboutQuerySet):
    def votable_by(self, user):
        """Open, for those who vote on that committee, without an interest of theirs."""
        return self._open_to(user, Seat.objects.voting())

    def concludable_by(self, user):
        """Open, in the chair's hands, without an interest of theirs."""
        return self._open_to(user, Seat.objects.chairs())

    def _open_to(self, user, seats):
        seats = seats.active_on(today()).filter(user=user, committee=OuterRef("round__committee"))
        return self.filter(Exists(seats), status="open").declared_by(user).free_for(user)


class Conclusion(models.Model):
    """The part of a deliberation that votes and decides."""

    class Meta:
        abstract = True

    @transaction.atomic
    def cast_vote(self, *, by, choice, comment=""):
        """Record the member's vote, or replace it, as long as the vote is open."""
        seat = self.hold_ballot(by)
        vote, _created = self.votes.update_or_create(
            seat=seat, defaults={"choice": choice, "comment": comment, "cast_at": timezone.now()}
        )
        Event.record("vote.cast", actor=by, subject=self)
        if not self.awaited_seats().exists():
            notices.all_votes_in(self)
        return vote

    @transaction.atomic
    def conclude(self, *, by, outcome, reason_code="", reason=""):
        """Close the vote, decide, and let the subject follow, or do nothing at all."""
        self.hold(
            type(self).objects.concludable_by(by),
            refusal=_("Vous ne pouvez pas conclure cette délibération."),
        )
        self.move(self.Status.CONCLUDED)
        decision = self.draft_decision(
            outcome=outcome, reason_code=reason_code, reason=reason, decided_by=by
        )
        decision.save(force_insert=True)
        Event.record("deliberation.concluded", actor=by, subject=self)
        self.subject.decision_taken(decision)
        return decision

    def draft_decision(self, *, outcome, **fields):
        """The decision as it would be, for the form to check and the verb to keep."""
        return Decision(
            deliberation=self, outcome=outcome, sense=self.subject.SENSES[outcome], **fields
        )

    def decision_in_force(self):
        return self.decisions.in_force().first()

    def awaited_seats(self):
        """The seats that may vote and have not."""
        seats = self.committee.seats.active_on(today()).voting()
        return seats.exclude(votes__deliberation=self).free_of_interest(self)

    def vote_of(self, user):
        return self.votes.filter(seat__user=user).first()

    def neutralise_votes(self, person):
        """Make the votes of an interested person count no more."""
        self.votes.filter(seat__user=person).delete()

    def hold_ballot(self, user):
        """Lock the row so that nothing crosses the conclusion; the user's seat."""
        self.hold(
            type(self).objects.votable_by(user),
            refusal=_("Vous ne pouvez pas voter sur ce dossier."),
        )
        return self.committee.seats.active_on(today()).get(user=user)
