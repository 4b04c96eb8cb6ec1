"""The rules of the committees that a query can check; each returns the ids that break it."""

from committees.invariants import ballots, decisions, examinations, reviews, sittings


INVARIANTS = [
    *examinations.INVARIANTS,
    *reviews.INVARIANTS,
    *sittings.INVARIANTS,
    *ballots.INVARIANTS,
    *decisions.INVARIANTS,
]
