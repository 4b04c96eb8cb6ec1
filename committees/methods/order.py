"""An order of candidates in which those whom nothing parts stay together."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Order:
    """Groups of candidates, the best first; those of one group are tied."""

    groups: tuple

    @classmethod
    def by(cls, key, candidates):
        """The greatest key first, equal keys together, whatever the order they came in."""
        ordered = sorted(sorted(candidates), key=key, reverse=True)
        return cls(tuple(tuple(sorted(group)) for _key, group in groupby(ordered, key=key)))

    @property
    def ties(self):
        return [group for group in self.groups if len(group) > 1]

    def ranks(self):
        """The rank of each candidate: those who are tied share the best of theirs."""
        ranks, place = {}, 1
        for group in self.groups:
            ranks |= dict.fromkeys(group, place)
            place += len(group)
        return ranks

    def parted(self, rule):
        """The same with each tie handed to `rule`, which returns the groups that it makes of it."""
        groups = [[group] if len(group) == 1 else rule(group) for group in self.groups]
        return Order(tuple(part for parts in groups for part in parts))


def tallies(candidates, counts):
    """Of lines « candidate:number », how many times each candidate was given each number."""
    found = {candidate: Counter() for candidate in candidates}
    for line, count in counts.items():
        candidate, _, number = line.partition(":")
        if int(candidate) in found:
            found[int(candidate)][int(number)] += count
    return found


def lines(paper):
    """What a paper adds to the count: one line for each candidate."""
    return [f"{candidate}:{number}" for candidate, number in paper.items()]
