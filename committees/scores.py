"""What a review is worth: a pure function of its answers and of the version of its grid."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


CENT = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Answered:
    """A criterion as one review answered it; `score` is None where it does not apply."""

    weight: int
    best: int
    score: int | None


@dataclass(frozen=True)
class Score:
    """A mark out of 100, None without any answer; the share of the weights that it covers."""

    mark: Decimal | None
    coverage: Decimal
    comparable: bool


def rounded(number):
    return number.quantize(CENT, ROUND_HALF_UP)


def score_of(answers, *, coverage_percent):
    """The weighted mean of the answered criteria, each level as a share of its criterion’s best.

    « Not applicable » leaves numerator and denominator alike: the attainable maximum stays 100.
    Below the grid's coverage a mark is not comparable. No criterion at all covers nothing.
    """
    total = sum(answer.weight for answer in answers)
    given = [answer for answer in answers if answer.score is not None]
    weights = sum(answer.weight for answer in given)
    if not weights:
        return Score(None, Decimal("0.00"), False)
    shares = sum(answer.weight * Decimal(answer.score) / answer.best for answer in given)
    coverage = HUNDRED * weights / Decimal(total)
    return Score(
        rounded(HUNDRED * shares / weights), rounded(coverage), coverage >= coverage_percent
    )
