"""In which order to examine dossiers so that as few people as possible go out and come in."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, permutations


EXACT_UP_TO = 15  # beyond, a search that improves as long as it can: good, and the same each time
EFFORT = 8  # of the solver, by its own clock and never by the wall's: the same on every machine


@dataclass(frozen=True)
class Entry:
    """What is to be examined: who is out of it, and when its people are heard, if they are."""

    key: int
    out: frozenset = frozenset()
    heard_at: datetime | None = None


def movements(entries):
    """How many people go out or come in between the items of an order, in all."""
    return sum(len(one.out ^ other.out) for one, other in pairwise(entries))


def arranged(entries):
    """An order with as few movements as possible, hearings in the order of their hours.

    Exact up to `EXACT_UP_TO` dossiers. The same list gives the same order; one that cannot be
    improved is given back as it is.
    """
    entries = list(entries)
    best = min(
        [_feasible(entries), _exact(entries) if len(entries) <= EXACT_UP_TO else _good(entries)],
        key=movements,
    )
    kept = _in_hour(entries) and movements(entries) <= movements(best)
    return entries if kept else best


def _in_hour(entries):
    hours = [entry.heard_at for entry in entries if entry.heard_at]
    return hours == sorted(hours)


def _feasible(entries):
    """The same, with those who are heard put in the order of their hours, at their places."""
    heard = iter(sorted((e for e in entries if e.heard_at), key=lambda e: e.heard_at))
    return [next(heard) if entry.heard_at else entry for entry in entries]


def _exact(entries):
    """The shortest path through all, by constraint programming: a circuit by way of nowhere."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 (heavy: only where it is used)

    if len(entries) < 3:
        return _feasible(entries)
    model, count = cp_model.CpModel(), len(entries)
    place = [model.new_int_var(0, count - 1, "") for _ in entries]
    ends = [(i, count, model.new_bool_var("")) for i in range(count)]
    ends += [(count, i, model.new_bool_var("")) for i in range(count)]
    pairs = [(i, j, model.new_bool_var("")) for i, j in permutations(range(count), 2)]
    model.add_circuit(ends + pairs)
    for i, j, follows in pairs:
        model.add(place[j] == place[i] + 1).only_enforce_if(follows)
    heard = [i for i, e in enumerate(entries) if e.heard_at]
    for i, j in pairwise(sorted(heard, key=lambda i: entries[i].heard_at)):
        model.add(place[i] < place[j])
    model.minimize(sum(len(entries[i].out ^ entries[j].out) * follows for i, j, follows in pairs))
    solved = _solved(cp_model.CpSolver(), model)
    if solved is None:
        return _good(entries)
    return [entries[i] for i in sorted(range(count), key=lambda i: solved.value(place[i]))]


def _solved(solver, model):
    """The solver with its answer, or None where its effort was not enough for one."""
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for whoever runs the house
    solver.parameters.num_search_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = EFFORT
    return solver if solver.status_name(solver.solve(model)) in {"OPTIMAL", "FEASIBLE"} else None


def _good(entries):
    """Nearest first from each beginning, then each moved or turned as long as it helps."""
    best = min((_nearest(entries, start) for start in range(len(entries))), key=movements)
    better = True
    while better:
        better = False
        for other in _neighbours(best):
            if _in_hour(other) and movements(other) < movements(best):
                best, better = other, True
                break
    return best


def _nearest(entries, start):
    left = list(entries)
    path = [left.pop(start)]
    while left:
        path.append(left.pop(min(range(len(left)), key=lambda i: len(path[-1].out ^ left[i].out))))
    return _feasible(path)


def _neighbours(path):
    """The path with one stretch turned round, or one item put elsewhere."""
    count = len(path)
    for i in range(count):
        for j in range(i + 2, count + 1):
            yield path[:i] + path[i:j][::-1] + path[j:]
    for i in range(count):
        rest = path[:i] + path[i + 1 :]
        for j in range(count):
            yield rest[:j] + [path[i]] + rest[j:]
