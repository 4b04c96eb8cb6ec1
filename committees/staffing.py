"""Who reviews what: an exact, equal and repeatable plan, by minimum-cost flow.

Hard: nobody who is kept away, nobody above their maximum, one reviewer at least from outside the
services of the dossier, one at least who knows its subject where somebody does. What cannot be
had stays open and is said. Then, by what each costs (`staffing_flow`): every dossier filled as
far as the others, equal loads, wishes, reviewers of one dossier from several services.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from heapq import heappop, heappush
from itertools import count

from committees.staffing_flow import Flow


SEARCHED = 1_000  # pairs up to which every way is tried, where one flow does not say it all
TRIES = 400


class Lack(StrEnum):
    """Why a dossier keeps fewer reviewers than it wants."""

    NOBODY = "nobody"  # everybody else has an interest in it, or was asked already
    FULL = "full"  # everybody else who may has as many dossiers as they take
    NO_OUTSIDER = "no_outsider"  # nobody from outside its services may
    OUTSIDERS_FULL = "outsiders_full"
    EXPERTS_FULL = "experts_full"


@dataclass(frozen=True)
class Dossier:
    """What is to be staffed: how many reviews it lacks, and who may write them.

    All but the members `away`. Of them, the `insiders` work within what it comes from and the
    `experts` know its subject. `wished` are those who asked for it, `unwished` those who would
    rather not; it `has` reviewers already, of these `groups`.
    """

    key: int
    lacks: int
    away: frozenset = frozenset()
    insiders: frozenset = frozenset()
    experts: frozenset = frozenset()
    needs_outsider: bool = False
    needs_expert: bool = False
    wished: frozenset = frozenset()
    unwished: frozenset = frozenset()
    has: int = 0
    groups: frozenset = frozenset()

    def suits(self, chosen):
        """Whether all the reviewers that it lacks include those it needs."""
        outside = not self.needs_outsider or bool(chosen - self.insiders)
        return outside and (not self.needs_expert or bool(chosen & self.experts))


@dataclass(frozen=True)
class Member:
    """Who may be asked: how many dossiers they have, how many at most, of which group they are."""

    key: int
    load: int = 0
    limit: int | None = None
    group: int | None = None  # of members who think alike: a service


@dataclass(frozen=True)
class Staffing:
    """The (dossier, member) pairs to propose, and (how many are missing, why) by dossier."""

    pairs: list = field(default_factory=list)
    missing: dict = field(default_factory=dict)


def staff(dossiers, members, *, seed=0):
    """The plan with the fewest missing reviews, then the cheapest.

    The same input in any order gives the same plan: keys are sorted before they are solved. The
    seed chooses between plans that cost the same.
    """
    members = sorted(members, key=lambda member: member.key)
    everyone = frozenset(member.key for member in members)
    dossiers = sorted((d for d in dossiers if d.lacks > 0), key=lambda d: d.key)
    # An expert is needed where somebody is one; an outsider always is.
    dossiers = [
        replace(d, needs_expert=d.needs_expert and bool((d.experts & everyone) - d.away))
        for d in dossiers
    ]
    chosen = _search(dossiers, members, seed) if dossiers and members else {}
    return Staffing(
        pairs=[(key, member) for key, taken in chosen.items() for member in sorted(taken)],
        missing=_missing(dossiers, members, chosen),
    )


def _search(dossiers, members, seed):
    """The members chosen for each dossier.

    One flow can say « not only insiders » and « not only members without the expertise », save
    of a dossier with insiders of both kinds, where it may still choose insiders only. Every way of
    sharing those out is then tried, the most promising first. In a plan too large for that, the
    flow's own choice is kept but for one of them.
    """
    flow, number, waiting = Flow(dossiers, members, seed), count(), []

    def attempt(shares):
        worth, chosen = flow.solve(shares)
        full = [d for d in dossiers if len(chosen[d.key]) == d.lacks]
        unfit = [dossier for dossier in full if not dossier.suits(chosen[dossier.key])]
        heappush(waiting, (worth, next(number), shares, chosen, unfit))

    attempt({})
    while True:
        _worth, tried, shares, chosen, unfit = heappop(waiting)
        if not unfit:
            return chosen
        if len(dossiers) * len(members) <= SEARCHED and tried < TRIES:
            first = unfit[0]
            for share in range(first.lacks):
                attempt(shares | {first.key: share})
        else:
            waiting.clear()
            attempt(shares | {d.key: _kept(d, chosen[d.key]) for d in unfit})


def _kept(dossier, chosen):
    """How many insiders who are experts a dossier may keep, of insiders only."""
    return min(len(chosen & dossier.experts), dossier.lacks - 1)


def _missing(dossiers, members, chosen):
    loads = {member.key: member.load for member in members}
    for taken in chosen.values():
        for key in taken:
            loads[key] += 1
    free = {m.key for m in members if m.limit is None or loads[m.key] < m.limit}
    missing = {}
    for dossier in dossiers:
        taken = chosen.get(dossier.key, set())
        if len(taken) < dossier.lacks:
            others = loads.keys() - dossier.away - taken
            why = _why(dossier, taken, others, free)
            missing[dossier.key] = (dossier.lacks - len(taken), why)
    return missing


def _why(dossier, taken, others, free):
    """`others` are those whom it lacks and could have, `free` those who can take one more."""
    if not others:
        return Lack.NOBODY
    if not others & free:
        return Lack.FULL
    within = dossier.needs_outsider and not (taken | others & free) - dossier.insiders
    if within:
        return Lack.OUTSIDERS_FULL if others - dossier.insiders else Lack.NO_OUTSIDER
    return Lack.EXPERTS_FULL
