"""Decisions: one in force, as the ballot and the subject have it."""

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from committees.models import Condition, Decision, Deliberation, Feedback, Sense


def a_concluded_deliberation_has_one_decision_in_force():
    """A deliberation has one last decision once concluded, and none before."""
    last = Q(decisions__successor=None) | ~Q(decisions__successor__deliberation=F("pk"))
    counted = Deliberation.objects.annotate(
        count=Count("decisions", filter=Q(decisions__isnull=False) & last)
    )
    wrong = Q(status="concluded") & ~Q(count=1) | ~Q(status="concluded") & ~Q(count=0)
    return counted.filter(wrong).values_list("pk", flat=True)


def a_subject_has_one_decision_in_force():
    """Of all that committees decided on a subject, one decision is in force."""
    subject = ["deliberation__subject_type", "deliberation__subject_id"]
    standing = Decision.objects.in_force().values(*subject).annotate(count=Count("pk"))
    for row in standing.filter(count__gt=1):
        row.pop("count")
        yield from Decision.objects.in_force().filter(**row).values_list("pk", flat=True)


def a_decision_replaces_one_on_the_same_subject():
    """A decision replaces one on the same subject; of another examination, one that was told."""
    former = "supersedes__deliberation__subject"
    same = {
        f"{former}_type": F("deliberation__subject_type"),
        f"{former}_id": F("deliberation__subject_id"),
    }
    across = ~Q(supersedes__deliberation=F("deliberation"))
    untold = ~Q(supersedes__status=Decision.Status.NOTIFIED)
    replacing = Decision.objects.exclude(supersedes=None)
    return replacing.filter(~Q(**same) | across & untold).values_list("pk", flat=True)


def what_is_refused_asks_for_nothing():
    """An unfavourable decision has no condition."""
    conditions = Condition.objects.filter(decision__sense=Sense.UNFAVOURABLE)
    return conditions.values_list("pk", flat=True)


def conditions_are_numbered_without_a_gap():
    """The conditions of a decision are numbered from one, without a gap."""
    counted = Decision.objects.annotate(count=Count("conditions"), last=Max("conditions__number"))
    return counted.exclude(count=0).exclude(count=F("last")).values_list("pk", flat=True)


def a_feedback_is_frozen_once_told():
    """What a committee tells applicants does not change after the decision is told."""
    told = Decision.objects.filter(
        deliberation=OuterRef("deliberation"), notified_at__lt=OuterRef("edited_at")
    )
    return Feedback.objects.filter(Exists(told)).values_list("pk", flat=True)


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
    a_subject_has_one_decision_in_force,
    a_decision_replaces_one_on_the_same_subject,
    what_is_refused_asks_for_nothing,
    conditions_are_numbered_without_a_gap,
    a_feedback_is_frozen_once_told,
    a_decision_follows_its_ballot,
    a_decision_has_the_sense_of_its_outcome,
]
