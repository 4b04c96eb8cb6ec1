"""A staffing as a flow: from each review that lacks, through a dossier and a member, to a load.

    source → dossier → (a kind of its members) → (a group of them) → member → sink

A kind is what the reviewers of a dossier may not all be of: insiders, members without its
expertise. Members and their groups are known here by their places in the order of their keys.
"""

from collections import namedtuple

import numpy as np


# What each soft rule costs, in dossiers of difference between the loads of two members.
FURTHER_RANK = 1_000  # a second review where another dossier has none
SAME_GROUP = 4
UNWISHED = 6
WISHED = -3
TIE_BREAKS = 16  # the seed adds whole numbers below to a pair; all together weigh less than 1
SOURCE, SINK = 0, 1

Fan = namedtuple("Fan", "dossier places tails costs")


class Flow:
    """The network of a staffing, solved as often as asked with other shares of the insiders."""

    def __init__(self, dossiers, members, seed):
        self.dossiers, self.seed = dossiers, seed
        self.keys = np.array([member.key for member in members], dtype=np.int64)
        self.place = {member.key: place for place, member in enumerate(members)}
        names = sorted({member.group for member in members if member.group is not None})
        self.group = {name: place for place, name in enumerate(names)}
        self.groups = np.array([self.group.get(member.group, -1) for member in members])
        self.unit = TIE_BREAKS * (sum(dossier.lacks for dossier in dossiers) + 1)
        self.nodes = 2 + len(members)
        self.arcs = []  # (tail, head, capacity, cost)
        self.shared = {}  # (dossier, with its expertise or not) → the arc of its insiders
        self.fans = []
        for dossier in dossiers:
            self._add_dossier(dossier)
        for place, member in enumerate(members):
            self._add_member(2 + place, member)
        self.columns = self._columns()

    def solve(self, shares):
        """(what it is worth, the least the best; the members chosen, by dossier).

        `shares`: how many insiders with its expertise a dossier takes at most. It then takes so
        few of the others that an outsider has a place.
        """
        from ortools.graph.python import min_cost_flow  # noqa: PLC0415 (heavy: where it is used)

        tails, heads, capacities, costs = self.columns
        capacities = capacities.copy()
        for dossier in self.dossiers:
            if dossier.key in shares:
                capacities[self.shared[dossier.key, True]] = shares[dossier.key]
                others = dossier.lacks - 1 - shares[dossier.key]
                capacities[self.shared[dossier.key, False]] = others
        flow = min_cost_flow.SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        wanted = sum(dossier.lacks for dossier in self.dossiers)
        flow.set_node_supply(SOURCE, wanted)
        flow.set_node_supply(SINK, -wanted)
        if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
            raise ArithmeticError("A flow of nothing at all is always possible.")
        used = flow.flows(arcs[len(self.arcs) :]) > 0
        return (-flow.maximum_flow(), flow.optimal_cost()), self._chosen(used)

    def _chosen(self, used):
        chosen, start = {dossier.key: set() for dossier in self.dossiers}, 0
        for fan in self.fans:
            taken = fan.places[used[start : start + len(fan.places)]]
            chosen[fan.dossier.key] |= set(self.keys[taken].tolist())
            start += len(fan.places)
        return chosen

    def _columns(self):
        """Every arc, the single ones first, as arrays of one length."""
        single = np.array(self.arcs, dtype=np.int64).T
        places = np.concatenate([fan.places for fan in self.fans])
        fanned = [
            np.concatenate([fan.tails for fan in self.fans]),
            2 + places,
            np.ones(len(places), dtype=np.int64),
            np.concatenate([fan.costs for fan in self.fans]),
        ]
        return [np.concatenate(columns) for columns in zip(single, fanned, strict=True)]

    def _node(self):
        self.nodes += 1
        return self.nodes - 1

    def _arc(self, tail, head, capacity, cost=0):
        self.arcs.append((tail, head, capacity, cost * self.unit))
        return len(self.arcs) - 1

    def _add_member(self, node, member):
        last = member.load + len(self.dossiers) if member.limit is None else member.limit
        for load in range(member.load, min(last, member.load + len(self.dossiers))):
            self._arc(node, SINK, 1, load + 1)

    def _add_dossier(self, dossier):
        node = self._node()
        for rank in range(dossier.lacks):
            self._arc(SOURCE, node, 1, (dossier.has + rank) * FURTHER_RANK)
        free = ~self._are(dossier.away)
        near = self._are(dossier.insiders) & dossier.needs_outsider
        unaware = ~self._are(dossier.experts) & dossier.needs_expert
        self._add_fan(dossier, node, free & ~near & ~unaware)
        if (near & ~unaware).any():
            self._add_fan(dossier, self._kind(dossier, node, expert=True), free & near & ~unaware)
        if unaware.any():
            below = self._kind(dossier, node)
            self._add_fan(dossier, below, free & unaware & ~near)
            if (near & unaware).any():
                deeper = self._kind(dossier, below, expert=False)
                self._add_fan(dossier, deeper, free & near & unaware)

    def _kind(self, dossier, above, *, expert=None):
        """A node below which all the reviewers of a dossier may not be."""
        node = self._node()
        arc = self._arc(above, node, dossier.lacks - 1)
        if expert is not None:
            self.shared[dossier.key, expert] = arc
        return node

    def _add_fan(self, dossier, above, members):
        """The arcs to these members; a second one of a group costs more than the first."""
        places = np.flatnonzero(members)
        groups = self.groups[places]
        known = {self.group[name] for name in dossier.groups if name in self.group}
        tails = np.full(len(places), above)
        for group, size in zip(*np.unique(groups, return_counts=True), strict=True):
            if group >= 0 and (size > 1 or group in known):
                node = self._node()
                self._arc(above, node, 1, SAME_GROUP if group in known else 0)
                self._arc(above, node, dossier.lacks, SAME_GROUP)
                tails[groups == group] = node
        wishes = WISHED * self._are(dossier.wished) + UNWISHED * self._are(dossier.unwished)
        costs = wishes[places] * self.unit + self._tie_breaks(dossier)[places]
        self.fans.append(Fan(dossier, places, tails, costs))

    def _are(self, keys):
        """Which members are among these keys."""
        flags = np.zeros(len(self.keys), dtype=bool)
        flags[[self.place[key] for key in keys if key in self.place]] = True
        return flags

    def _tie_breaks(self, dossier):
        """A small number for each member, from the seed and the two keys alone."""
        mixed = self.keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= np.uint64(
            (self.seed * 0xBF58476D1CE4E5B9 + dossier.key * 0x94D049BB133111EB) % 2**64
        )
        for shift in (30, 27, 31):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(0xD6E8FEB86659FD93)
        return (mixed >> np.uint64(60)).astype(np.int64)
