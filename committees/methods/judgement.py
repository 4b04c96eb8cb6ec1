"""Majority judgement: a grade for each candidate; the best median comes first.

Balinski & Laraki (2007): candidates of one median are parted by taking it away from each, again
and again. Taken away one by one, the grades leave from the middle, the lower first: what follows
reads them so, from the middle outwards, in shares of the electorate. That is what scaling the
tallies to a common multiple would give, without the large numbers.
"""

from fractions import Fraction
from itertools import accumulate, pairwise

from committees.methods.order import Order, lines, tallies


count = lines
HALF = Fraction(1, 2)


def median(tally):
    """The lower of the middle grades, None where nobody gave any."""
    return grade_at(tally, HALF) if tally.total() else None


def order(candidates, counts):
    return order_of(tallies(candidates, counts))


def order_of(found):
    """The order of tallies, each `Counter({grade: how many})`, 0 the worst; none judged is last."""
    stops = {Fraction(0), HALF}
    for tally in found.values():
        stops |= {abs(HALF - step) for step in steps(tally)}
    middles = [(a + b) / 2 for a, b in pairwise(sorted(stops))]
    keys = {candidate: outwards(tally, middles) for candidate, tally in found.items()}
    return Order.by(keys.get, found)


def steps(tally):
    """Up to which share of the electorate each grade goes, from the worst."""
    grades = sorted(tally)
    return [Fraction(n, tally.total()) for n in accumulate(tally[g] for g in grades)]


def grade_at(tally, share):
    """The grade of whoever stands at a share of the electorate, ranked from the worst grade."""
    return next(g for g, upto in zip(sorted(tally), steps(tally), strict=True) if share <= upto)


def outwards(tally, distances):
    """The grades on each side of the middle, at each distance from it."""
    if not tally.total():
        return []
    return [(grade_at(tally, HALF - d), grade_at(tally, HALF + d)) for d in distances]
