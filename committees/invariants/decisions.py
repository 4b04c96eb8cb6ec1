"""Decisions: one in force, as the ballot and the subject have it."""

from django.db.models import Count, Q

from committees.models import Decision, Deliberation


def a_concluded_deliberation_has_one_decision_in_force():
    """A deliberation has one decision in force once concluded, and none before."""
    counted = Deliberation.objects.annotate(
        count=Count("decisions", filter=Q(decisions__successor=None))
    )
    wrong = Q(status="concluded") & ~Q(count=1) | ~Q(status="concluded") & ~Q(count=0)
    return counted.filter(wrong).values_list("pk", flat=True)


def a_decision_follows_its_ballot():
    """The outcome of a decision in force agrees with the result of its ballot, counted again."""
    decisions = Decision.objects.in_force().exclude(ballot=None)
    for decision in decisions.select_related("ballot__item__deliberation").iterator():
        if decision.outcome not in decision.ballot.allowed_outcomes():
            yield decision.pk


def a_decision_has_the_sense_of_its_outcome():
    """The sense that a decision stores is the one that its subject gives to the outcome."""
    for decision in Decision.objects.select_related("deliberation").iterator():
        if decision.deliberation.sense_of(decision.outcome) != decision.sense:
            yield decision.pk


INVARIANTS = [
    a_concluded_deliberation_has_one_decision_in_force,
    a_decision_follows_its_ballot,
    a_decision_has_the_sense_of_its_outcome,
]
