"""The rules of the committees that a query can check; each returns the ids that break it."""

from committees.invariants import (
    ballots,
    decisions,
    examinations,
    minutes,
    plans,
    polls,
    reviewing,
    reviews,
    sittings,
)


INVARIANTS = [
    *examinations.INVARIANTS,
    *plans.INVARIANTS,
    *reviews.INVARIANTS,
    *reviewing.INVARIANTS,
    *sittings.INVARIANTS,
    *minutes.INVARIANTS,
    *ballots.INVARIANTS,
    *polls.INVARIANTS,
    *decisions.INVARIANTS,
]
