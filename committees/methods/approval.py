"""Approval: as many candidates as one likes; the greatest share of approvals comes first.

A share of those who could judge the candidate, so that an elector kept away weighs nothing.
"""

from fractions import Fraction

from committees.methods.order import Order, lines, tallies


count = lines


def share(tally):
    """Approvals out of those who could approve, None where nobody could."""
    return Fraction(tally[1], tally.total()) if tally.total() else None


def order(candidates, counts):
    found = tallies(candidates, counts)
    shares = {candidate: share(found[candidate]) for candidate in candidates}
    return Order.by(lambda c: -1 if shares[c] is None else shares[c], candidates)
