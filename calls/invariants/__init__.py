"""The rules of calls that a query can check; each returns the ids that break it."""

from calls.invariants import (
    deposits,
    files,
    forms,
    irritants,
    leftovers,
    outcomes,
    reserve,
    scenarios,
)


INVARIANTS = [
    *deposits.INVARIANTS,
    *forms.INVARIANTS,
    *files.INVARIANTS,
    *leftovers.INVARIANTS,
    *outcomes.INVARIANTS,
    *reserve.INVARIANTS,
    *scenarios.INVARIANTS,
    *irritants.INVARIANTS,
]
