"""The last part of a deliberation's life: from the agenda of a sitting to the decision."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from base.calendar import today
from base.lifecycle import Refused
from committees.models.attendance import Attendance
from committees.models.decision import Decision
from committees.models.interest import Interest
from committees.models.seat import Seat
from journal.models import AboutQuerySet, Event


class ConclusionQuerySet(AboutQuerySet):
    def schedulable_by(self, user):
        """Under way and on no live agenda, for those who prepare the sittings and may read."""
        scheduled = Q(agenda_items__status__in=["waiting", "open"])
        ready = self.live().checked().ranked()
        return ready.conducted_by(user).visible_to(user).exclude(scheduled)

    def concludable_by(self, user):
        """Being examined, the result of its ballot proclaimed, in the hands of who presides."""
        proclaimed = self.filter(
            status="open",
            agenda_items__status="open",
            agenda_items__ballots__status="proclaimed",
        )
        return proclaimed.presided_by(user)

    def deciding_beside(self, deliberation):
        """The other examinations that decided on the same subject: an appeal's and its object."""
        same = self.about(deliberation.subject).filter(status="concluded")
        return same.exclude(pk=deliberation.pk).select_related("round")

    def answerable_by(self, user):
        """Decided and not told yet, in the hands of who conducts, free of interest."""
        pending = self.filter(decisions__successor=None, decisions__status="pending")
        return pending.conducted_by(user).visible_to(user).free_for(user)

    def revisable_by(self, user):
        """Decided already, and nothing replaced it since, in the hands of the chair."""
        standing = self.filter(status="concluded", decisions__successor=None)
        return standing.free_for(user).filter(_holds(user, "chair"))

    def presided_by(self, user):
        """The chair, or the secretary where no chair without interest is at the sitting."""
        chairs = Attendance.objects.here().filter(
            sitting__items__deliberation=OuterRef("pk"),
            sitting__items__status="open",
            seat__capacity=Seat.Capacity.CHAIR,
        )
        interested = Interest.objects.standing().filter(deliberation=OuterRef(OuterRef("pk")))
        presiding = Exists(chairs.exclude(seat__user__in=interested.values("person")))
        stands_in = Q(_holds(user, "secretary")) & ~Q(presiding)
        return self.free_for(user).filter(Q(_holds(user, "chair")) | stands_in)


def _holds(user, capacity):
    held = Seat.objects.active_on(today()).filter(user=user, capacity=capacity)
    return Exists(held.filter(committee=OuterRef("round__committee")))


class Conclusion(models.Model):
    """The part of a deliberation that decides, apart so that each file fits in the head."""

    class Meta:
        abstract = True

    @transaction.atomic
    def conclude(self, *, by, outcome, reason_code="", reason="", conditions=()):
        """Decide as the ballot did, close the item, and let the subject follow, or do nothing.

        On appeal, the decision replaces the one that is contested, whichever examination took it.
        Refused to whoever does not preside, before the result is proclaimed, and for an outcome
        that the ballot does not allow.
        """
        self.hold(
            type(self).objects.concludable_by(by),
            refusal=_("Vous ne pouvez pas conclure cette délibération."),
        )
        item = self.agenda_items.open().get()
        ballot = item.ballots.proclaimed().get()
        if outcome not in ballot.allowed_outcomes():
            raise Refused(_("Cette issue contredit le résultat du scrutin."), subject=self)
        if contested := self.contested_decision():
            contested.hold_told()
        terms = {"outcome": outcome, "reason_code": reason_code, "reason": reason}
        decision = Decision.take(
            self,
            decided_by=by,
            ballot=ballot,
            supersedes=contested,
            conditions=conditions,
            **terms,
        )
        self.move(self.Status.CONCLUDED)
        item.move(item.Status.CLOSED)
        Event.record(
            "deliberation.concluded", actor=by, subject=self, outcome=outcome, ballot=ballot.pk
        )
        self.subject.decision_taken(decision)
        return decision

    def draft_decision(self, *, outcome, **fields):
        """The decision as it would be, for the form to check and the verb to keep."""
        if outcome not in self.examined().Outcome.values:
            raise Refused(_("Le comité ne peut pas décider cette issue."), subject=self)
        sense = self.sense_of(outcome)
        return Decision(deliberation=self, outcome=outcome, sense=sense, **fields)

    def examined(self):
        """The model of what is examined, its outcomes and their senses, without reading the row."""
        return ContentType.objects.get_for_id(self.subject_type_id).model_class()

    def outcome_label(self, outcome):
        """An outcome in the words of what is examined."""
        return self.examined().Outcome(outcome).label

    def sense_of(self, outcome):
        return self.examined().SENSES[outcome]

    def decision_in_force(self):
        """What this examination decided and still stands, or None: an appeal's may replace it."""
        return self.decisions.in_force().first()

    def contested_decision(self):
        """What another examination decided on the same subject and still stands, or None."""
        return Decision.objects.in_force().about(self).exclude(deliberation=self).first()

    def ballot_in_force(self, at=None):
        """The ballot whose result is proclaimed, or was at an instant, the latest, or None."""
        ballots = self.agenda_items.model.ballots.rel.related_model.objects
        told = ballots.proclaimed() if at is None else ballots.proclaimed_by(at)
        return told.filter(item__deliberation=self).order_by("-pk").first()

    def neutralise_votes(self, person):
        """Make the votes that an interested person gave, or had given for them, count no more.

        The polls are locked first: a vote under way waits, then finds the interest.
        """
        items = self.agenda_items.model
        ballots = items.ballots.rel.related_model.objects.filter(item__deliberation=self)
        for ballot in ballots.order_by("pk").select_for_update():
            ballot.neutralise(person)
        candidates = items.candidacies.rel.related_model
        compared = candidates.objects.filter(item__deliberation=self).values("contest")
        contests = candidates.contest.field.related_model.objects.filter(pk__in=compared)
        for contest in contests.order_by("pk").select_for_update():
            contest.neutralise(self, person)
