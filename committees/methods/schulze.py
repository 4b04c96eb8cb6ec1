"""Ranking by Schulze's method: duels of candidates, and the strongest paths through them.

Schulze (2011), « A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method ». A duel is a matter of those who could rank both: its strength is
the share of them that the winner has, so that an elector kept away from one weighs nothing in it.
"""

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations

from committees.methods.order import Order


def count(paper):
    """A line for each duel: « a>b », or « a=b »; rank 1 is the best, 0 is not ranked, the last."""
    found = []
    for one, other in combinations(sorted(paper), 2):
        first, second = (paper[c] or len(paper) + 1 for c in (one, other))
        if first == second:
            found.append(f"{one}={other}")
        else:
            found.append(f"{one}>{other}" if first < second else f"{other}>{one}")
    return found


def order(candidates, counts):
    strengths = paths(candidates, duels(candidates, counts))
    left, groups = set(candidates), []
    while left:
        unbeaten = {
            one
            for one in left
            if not any(strengths[other, one] > strengths[one, other] for other in left - {one})
        }
        groups.append(tuple(sorted(unbeaten)))
        left -= unbeaten
    return Order(tuple(groups))


def duels(candidates, counts):
    """What share of those who could rank both prefers the one to the other, for each pair."""
    won, met = Counter(), Counter()
    for line, number in counts.items():
        one, other = (int(c) for c in line.replace("=", ">").split(">"))
        if ">" in line:
            won[one, other] += number
        met[one, other] += number
        met[other, one] += number
    return {
        pair: Fraction(won[pair], met[pair]) if met[pair] else Fraction(0)
        for pair in permutations(candidates, 2)
    }


def paths(candidates, shares):
    """The strength of the strongest path between each pair: that of its weakest victory."""
    strengths = {
        (one, other): share if share > shares[other, one] else Fraction(0)
        for (one, other), share in shares.items()
    }
    for middle, one, other in permutations(candidates, 3):
        through = min(strengths[one, middle], strengths[middle, other])
        strengths[one, other] = max(strengths[one, other], through)
    return strengths
