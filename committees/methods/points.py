"""Points: each candidate has a number of them; the greatest mean comes first.

Rated, each from 0 to a maximum; shared out, so many for each candidate that one may judge, given
as one likes. An elector kept away from a candidate has that many less to share, and weighs nothing
in its mean.
"""

from fractions import Fraction

from committees.methods.order import Order, lines, tallies


count = lines


def mean(tally):
    """Exact mean, in points; None where nobody gave any."""
    total = tally.total()
    return Fraction(sum(number * n for number, n in tally.items()), total) if total else None


def order(candidates, counts):
    found = tallies(candidates, counts)
    means = {candidate: mean(found[candidate]) for candidate in candidates}
    return Order.by(lambda c: -1 if means[c] is None else means[c], candidates)
