"""Who reviews what: an exact, equal and repeatable plan, by minimum-cost flow."""

from dataclasses import dataclass, field


UNSTAFFED = 1_000_000  # dearer than any load: a review is given up only when nobody may write it


@dataclass(frozen=True)
class Dossier:
    """What is to be staffed: how many reviews it still lacks, and which members may write them."""

    key: int
    lacks: int
    allowed: frozenset


@dataclass(frozen=True)
class Member:
    """Who may be asked: how many dossiers they have, and how many at most (None: no limit)."""

    key: int
    load: int = 0
    limit: int | None = None


@dataclass(frozen=True)
class Plan:
    """The (dossier, member) pairs to propose, and how many reviews each other dossier will lack."""

    pairs: list = field(default_factory=list)
    impossible: dict = field(default_factory=dict)


def staff(dossiers, members):
    """The plan with the fewest missing reviews, then the most equal loads.

    The same input in any order gives the same plan: keys are sorted before they are solved. Each
    further dossier of a member costs more than the one before, which is what makes loads equal.
    """
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 (heavy: only where it is used)

    dossiers = sorted((d for d in dossiers if d.lacks > 0), key=lambda d: d.key)
    members = sorted(members, key=lambda m: m.key)
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = 0, 1
    member_nodes = {m.key: 2 + i for i, m in enumerate(members)}
    pairs, given_up = {}, {}
    for i, dossier in enumerate(dossiers):
        node = 2 + len(members) + i
        flow.add_arc_with_capacity_and_unit_cost(source, node, dossier.lacks, 0)
        given_up[dossier.key] = flow.add_arc_with_capacity_and_unit_cost(
            node, sink, dossier.lacks, UNSTAFFED
        )
        for key in sorted(dossier.allowed & member_nodes.keys()):
            arc = flow.add_arc_with_capacity_and_unit_cost(node, member_nodes[key], 1, 0)
            pairs[arc] = (dossier.key, key)
    for member in members:
        last = len(dossiers) + member.load if member.limit is None else member.limit
        for load in range(member.load, last):
            flow.add_arc_with_capacity_and_unit_cost(member_nodes[member.key], sink, 1, load + 1)
    lacking = sum(dossier.lacks for dossier in dossiers)
    flow.set_node_supply(source, lacking)
    flow.set_node_supply(sink, -lacking)
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("The flow always has a solution: every review may be given up.")
    return Plan(
        pairs=[pair for arc, pair in pairs.items() if flow.flow(arc)],
        impossible={key: flow.flow(arc) for key, arc in given_up.items() if flow.flow(arc)},
    )
