"""How a dossier was evaluated, as its applicants may read it once the results are out.

A scoring grid is legally an algorithm: its criteria, weights and effects are owed to the person
concerned (CRPA L311-3-1, R311-3-1-1 and -2). Nobody is named.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from committees.models import Review
from committees.scores import CENT


@dataclass(frozen=True)
class Criterion:
    """What the reviews made of a criterion: its mean out of 100, None where all said N/A."""

    label: str
    help: str
    weight: int
    levels: list  # (label, anchor, how many reviews chose it), worst first
    not_applicable: int
    mean: Decimal | None


@dataclass(frozen=True)
class Explanation:
    """What is owed to the person concerned, frozen as the deliberation left it."""

    grid: str
    coverage_percent: int
    criteria: list
    marks: list  # each review's mark out of 100, in no order that could name its author
    not_comparable: int
    score: Decimal | None
    feedback: list = field(default_factory=list)
    votes: list = field(default_factory=list)  # (what, how many or what) of the ballot, no names
    decision: object = None


def of(deliberation):
    """The explanation of a deliberation; whoever shows it checks that the results are released."""
    grid = deliberation.round.grid
    reviews = list(Review.objects.handed_in().on(deliberation))
    chosen = [answer for review in reviews for answer in review.answers.all()]
    return Explanation(
        grid=str(grid),
        coverage_percent=grid.coverage_percent,
        criteria=[explained(criterion, chosen) for criterion in grid.criteria.in_order()],
        marks=sorted((r.score for r in reviews if r.comparable), reverse=True),
        not_comparable=sum(not review.comparable for review in reviews),
        score=deliberation.score,
        feedback=sorted(review.feedback for review in reviews if review.feedback.strip()),
        votes=counted(deliberation.ballot_in_force()),
        decision=deliberation.decision_in_force(),
    )


def counted(ballot):
    """The question put to the vote, its rule, its counts and its result."""
    if ballot is None:
        return []
    tally = ballot.tally()
    return [
        (_("Issue mise aux voix"), ballot.proposal_label),
        (_("Majorité"), f"{ballot.get_threshold_display()} {ballot.get_base_display()}"),
        (_("Pour"), tally.in_favour),
        (_("Contre"), tally.against),
        (_("Abstentions"), tally.abstaining),
        (_("N’ont pas pris part au vote"), tally.silent),
        (_("Résultat"), ballot.result().label),
    ]


def explained(criterion, answers):
    answers = [answer for answer in answers if answer.criterion_id == criterion.pk]
    levels = criterion.ordered_levels()
    scores = [answer.level.score for answer in answers if answer.level]
    best = len(levels) - 1
    mean = Decimal(100 * sum(scores)) / (best * len(scores)) if scores else None
    return Criterion(
        label=criterion.label,
        help=criterion.help,
        weight=criterion.weight,
        levels=[(level.label, level.anchor, scores.count(level.score)) for level in levels],
        not_applicable=sum(answer.not_applicable for answer in answers),
        mean=mean if mean is None else mean.quantize(CENT),
    )
