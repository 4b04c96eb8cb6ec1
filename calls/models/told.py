"""What the people of an application know of its decision, and what they do not know yet."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Case, Exists, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from base.lifecycle import Refused
from calls import answer_notices
from calls.models.letter import Letter, Reading
from calls.models.status import DECIDED, ApplicationOutcome, ApplicationStatus
from committees.models import Decision, Deliberation, Sense
from journal.models import Event


def decisions_about(model):
    """The decisions on the application of the query around, to be narrowed further."""
    return Decision.objects.filter(
        deliberation__subject_type=ContentType.objects.get_for_model(model),
        deliberation__subject_id=OuterRef("pk"),
    )


class ToldQuerySet(models.QuerySet):
    def appealable_by(self, user):
        """Her own, told a decision in force that is not favourable and answers no appeal."""
        across = ~Q(supersedes=None) & ~Q(supersedes__deliberation=F("deliberation"))
        told = decisions_about(self.model).in_force().filter(status=Decision.Status.NOTIFIED)
        contestable = told.exclude(sense=Sense.FAVOURABLE).exclude(across)
        mine = self.decided().filter(author_id=user.pk, notified_at__isnull=False)
        return mine.filter(Exists(contestable)).exclude(appeals__status__in=["filed", "examined"])

    def decided(self):
        return self.filter(status__in=DECIDED)

    def untold(self):
        """Whose people do not know the decision in force: never told, or told the one before."""
        return self.filter(self._untold())

    def with_untold(self):
        """Each with `is_untold`."""
        return self.annotate(is_untold=Case(When(self._untold(), then=True), default=False))

    def with_answer(self):
        """Each with `answer`, the outcome of its decision in force."""
        standing = decisions_about(self.model).in_force()
        return self.annotate(answer=Subquery(standing.values("outcome")[:1]))

    def counted_by_answer(self):
        """(label, how many) for each outcome of their decisions in force."""
        counts = Counter(self.with_answer().values_list("answer", flat=True))
        return [(one.label, counts[one]) for one in ApplicationOutcome if one in counts]

    def _untold(self):
        return Q(notified_at=None) | Exists(decisions_about(self.model).notifiable())


class Told(models.Model):
    """The part of an application that its people read once its decision is told."""

    notified_at = models.DateTimeField(null=True, editable=False)
    engaged_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def tell(self, *, by, release=None, severities=None):
        """Let the applicants know the decision in force, and stand where it says.

        Called by a release, or by a verb above that has replaced what they knew. The letter and
        the account of the evaluation are frozen in its transaction.
        """
        decision = self.decision_to_tell()
        decision.notify(by=by)
        if self.status != decision.outcome:
            self.move(decision.outcome)
        type(self).objects.filter(pk=self.pk).update(notified_at=Now())
        self.refresh_from_db()
        Event.record("application.answered", actor=by, subject=self)
        letter = Letter.write(self, decision, release=release, severities=severities)
        answer_notices.application_answered(letter)
        return letter

    @transaction.atomic
    def engage(self):
        """Note that a project begins of it, under the lock of the verb above: no way back."""
        type(self).objects.filter(pk=self.pk).update(engaged_at=Now())

    def decision_taken(self, decision):
        """Stand where the committee says; once told of another decision, only when told of this."""
        if self.status == ApplicationStatus.WITHDRAWN:
            raise Refused(_("Cette candidature est retirée."), subject=self)
        if self.notified_at:
            for appeal in self.appeals.filter(
                deliberation=decision.deliberation, status="examined"
            ):
                appeal.move(appeal.Status.DECIDED)
            Event.record("application.decided", actor=decision.decided_by, subject=self)
        else:
            super().decision_taken(decision)

    def sections(self):
        """The dossier, and the appeal that asks for another examination."""
        appeal = self.appeals.filter(status__in=["filed", "examined"]).first()
        return [*super().sections(), *contested(appeal)] if appeal else super().sections()

    def letter_of(self, decision):
        return "calls/application_answered", f"{self.pk}:{decision.pk}"

    @property
    def answer_label(self):
        """The decision in force, where `with_answer` has annotated it."""
        return ApplicationOutcome(self.answer).label if self.answer else ""

    def acknowledged_at(self, decision):
        """When its people said first that they had read the letter of a decision, or None."""
        readings = Reading.objects.filter(letter__decision=decision)
        return readings.aggregate(first=Min("read_at"))["first"]

    @property
    def public_status(self):
        """What the applicants are told: decided is still « under examination » until they are."""
        if self.status in DECIDED and self.notified_at is None:
            return ApplicationStatus.EXAMINED
        return ApplicationStatus(self.status)

    def told_decision(self):
        """The last decision that its people know, or None."""
        told = self.decisions().filter(status=Decision.Status.NOTIFIED)
        return told.order_by("-notified_at", "-pk").first() if self.notified_at else None

    def decision(self):
        """The decision in force, whichever examination took it, or None."""
        return self.decisions().in_force().first()

    def decision_to_tell(self):
        if decision := self.decision():
            return decision
        raise Refused(_("%(it)s n’a pas de décision.") % {"it": self}, subject=self)

    def decisions(self):
        return Decision.objects.filter(deliberation__in=Deliberation.objects.about(self))


def contested(appeal):
    """What an appeal's committee reads beside the dossier: the decision contested, and why."""
    decision = appeal.decision
    return [
        (_("La décision contestée"), f"{decision.label}\n\n{decision.reason}".strip()),
        (_("Le recours gracieux"), appeal.text),
    ]
