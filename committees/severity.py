"""Marks set right for how severe each member is, and the order that they give.

An additive model: mark = worth of the dossier + leaning of the member + the rest, by least squares
(a two-way layout without interaction; Fisher, 1925). Leanings are shrunk, as if each member had
also handed in NEUTRAL reviews without any leaning: few reviews say little of who wrote them.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from committees.scores import rounded


NEUTRAL = 1


@dataclass(frozen=True)
class Adjustment:
    """By key: what each dossier is worth out of 100, and how many points each member adds."""

    worths: dict
    leanings: dict


@dataclass(frozen=True)
class Place:
    """Where a dossier stands by its own mark, and by its mark set right (None: not computed)."""

    rank: int
    worth: Decimal | None = None
    adjusted_rank: int | None = None

    @property
    def sensible(self):
        """Whether the severity of its reviewers decides where it stands."""
        return self.adjusted_rank is not None and self.adjusted_rank != self.rank


def adjusted(reviews, *, neutral=NEUTRAL):
    """The Adjustment of (dossier, member, mark) triples, or None where they do not compare.

    Marks out of 100, one for a dossier and a member. They compare when every member is reached
    from any other through dossiers that both reviewed: otherwise nothing says whether one group is
    severe or its dossiers weak. Leanings sum to zero; the order of the reviews changes nothing.
    """
    import numpy  # noqa: PLC0415 (heavy: only where it is used)

    reviews = sorted(reviews)
    if len(groups(reviews)) != 1:
        return None
    members = sorted({member for _dossier, member, _mark in reviews})
    column = {member: i for i, member in enumerate(members)}
    system = numpy.ones((len(members), len(members)))  # leanings sum to zero
    known = numpy.zeros(len(members))
    for given in _by_dossier(reviews).values():
        mean = sum(mark for _member, mark in given) / len(given)
        columns = [column[member] for member, _mark in given]
        system[columns, columns] += 1
        system[numpy.ix_(columns, columns)] -= 1 / len(given)
        known[columns] += [float(mark - mean) for _member, mark in given]
    system[numpy.diag_indices_from(system)] += neutral
    leanings = dict(zip(members, map(_exact, numpy.linalg.solve(system, known)), strict=True))
    worths = {
        dossier: sum(mark - leanings[member] for member, mark in given) / len(given)
        for dossier, given in _by_dossier(reviews).items()
    }
    return Adjustment(
        {dossier: rounded(worth) for dossier, worth in worths.items()},
        {member: rounded(leaning) for member, leaning in leanings.items()},
    )


def groups(reviews):
    """The members, parted into those whom dossiers in common make comparable."""
    leader = {}

    def first(member):
        while leader.setdefault(member, member) != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for given in _by_dossier(reviews).values():
        for member, _mark in given:
            leader[first(member)] = first(given[0][0])
    together = defaultdict(set)
    for member in list(leader):
        together[first(member)].add(member)
    return list(together.values())


def places(scores, worths):
    """The Place of each dossier of `scores` (key → mark) that has one; equal marks share a rank.

    `worths` are the marks set right, by key, or nothing.
    """
    ranks, others = _ranks(scores), _ranks(worths)
    return {key: Place(rank, worths.get(key), others.get(key)) for key, rank in ranks.items()}


def _ranks(marks):
    ordered, ranks = sorted(marks, key=marks.get, reverse=True), {}
    for number, key in enumerate(ordered, 1):
        tied = number > 1 and marks[key] == marks[ordered[number - 2]]
        ranks[key] = ranks[ordered[number - 2]] if tied else number
    return ranks


def _by_dossier(reviews):
    given = defaultdict(list)
    for dossier, member, mark in reviews:
        given[dossier].append((member, mark))
    return given


def _exact(number):
    return Decimal(repr(float(number)))
