"""Which dossiers to keep among many, under limits: exact, and what each limit costs.

A pure function of the dossiers, of the rules and of a seed: asked again, it answers the same. The
tool shows what follows from a rule; people decide.
"""

from dataclasses import dataclass, fields, replace


SECONDS = 10  # at most for one answer; a hundred dossiers take a few hundredths
LIMITS = ["coaches", "developers", "per_service", "territories", "per_theme"]


@dataclass(frozen=True)
class Candidate:
    """A dossier with its rank (1 is the best) and what the balance looks at; "" is unknown."""

    key: int
    rank: int
    service: str = ""
    territory: str = ""
    theme: str = ""


@dataclass(frozen=True)
class Rules:
    """How many places, and what limits the choice; None does not.

    A coach follows `projects_per_coach` dossiers, a dossier takes `developers_per_project`
    developers. What is unknown (no service, no theme) is limited by no balance and is no territory.
    """

    places: int
    coaches: int | None = None
    projects_per_coach: int = 2
    developers: int | None = None
    developers_per_project: int = 1
    per_service: int | None = None
    territories: int | None = None
    per_theme: int | None = None

    @property
    def active(self):
        """The names of the limits that are set."""
        return [name for name in LIMITS if getattr(self, name) is not None]

    @property
    def room(self):
        """The most dossiers that the places, the coaches and the developers allow."""
        most = [self.places]
        if self.coaches is not None:
            most.append(self.coaches * self.projects_per_coach)
        if self.developers is not None:
            most.append(self.developers // self.developers_per_project)
        return min(most)

    @classmethod
    def read(cls, kept):
        """The rules that a scenario kept, whatever it does not say."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})


@dataclass(frozen=True)
class Swap:
    """To put one in: who comes in, who leaves, and the ranks that are lost; None: impossible."""

    key: int
    enters: frozenset
    leaves: frozenset
    lost: int | None


@dataclass(frozen=True)
class Choice:
    """The keys that are kept, None where no choice obeys the rules, and what each limit costs.

    `costs`: limit → ranks that it loses. `blamed`: the limits without any of which there is a
    choice, or a fuller one.
    """

    kept: frozenset | None
    costs: dict
    blamed: list


def worth_of(candidates):
    """Key → how many dossiers rank after it, and itself: the sum of what is kept is maximised."""
    last = len(candidates) + 1
    return {candidate.key: last - candidate.rank for candidate in candidates}


def choice_of(candidates, rules, *, seed):
    """The Choice under these rules."""
    worth, kept = worth_of(candidates), kept_of(candidates, rules, seed=seed)
    costs, blamed = {}, []
    for name in rules.active:
        without = kept_of(candidates, replace(rules, **{name: None}), seed=seed)
        if kept is None:
            blamed += [name] if without is not None else []
            continue
        costs[name] = value_of(without, worth) - value_of(kept, worth)
        blamed += [name] if len(without) > len(kept) else []
    return Choice(kept, costs, blamed or ([] if kept is not None else rules.active))


def swaps_of(candidates, rules, kept, *, seed, most=20):
    """The Swap of each of the best that are left out."""
    worth = worth_of(candidates)
    outside = sorted((c for c in candidates if c.key not in kept), key=lambda c: (c.rank, c.key))
    for candidate in outside[:most]:
        other = kept_of(candidates, rules, seed=seed, wanted={candidate.key})
        if other is None:
            yield Swap(candidate.key, frozenset(), frozenset(), None)
        else:
            lost = value_of(kept, worth) - value_of(other, worth)
            yield Swap(candidate.key, other - kept, kept - other, lost)


def value_of(kept, worth):
    return sum(worth[key] for key in kept)


def kept_of(candidates, rules, *, seed, wanted=frozenset()):
    """The keys of the best choice that holds those wanted, or None where there is none.

    Among choices of the same worth, the seed decides.
    """
    import numpy  # noqa: PLC0415 (heavy: where it is used)
    from ortools.sat.python import cp_model  # noqa: PLC0415 (heavy: where it is used)

    candidates = sorted(candidates, key=lambda candidate: candidate.key)
    model = cp_model.CpModel()
    taken = {candidate.key: model.new_bool_var(str(candidate.key)) for candidate in candidates}
    model.add(sum(taken.values()) <= rules.room)
    for key in wanted:
        model.add(taken[key] == 1)
    _balance(model, candidates, taken, rules)
    worth, unit = worth_of(candidates), len(candidates) + 1
    draw = numpy.random.default_rng(seed).permutation(len(candidates))
    finer = dict(zip(taken, map(int, draw), strict=True))
    model.maximize(sum((worth[key] * unit**2 + finer[key]) * taken[key] for key in taken))
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for whoever runs the house
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = SECONDS
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return frozenset(key for key, variable in taken.items() if solver.boolean_value(variable))


def _balance(model, candidates, taken, rules):
    for field, most in [("service", rules.per_service), ("theme", rules.per_theme)]:
        for group in groups_of(candidates, field).values() if most is not None else []:
            model.add(sum(taken[key] for key in group) <= most)
    if rules.territories is not None:
        reached = []
        for group in groups_of(candidates, "territory").values():
            reached.append(model.new_bool_var(""))
            model.add(reached[-1] <= sum(taken[key] for key in group))
        model.add(sum(reached) >= rules.territories)


def groups_of(candidates, field):
    """The keys by what the balance looks at, without what is unknown."""
    groups = {}
    for candidate in candidates:
        if value := getattr(candidate, field):
            groups.setdefault(value, []).append(candidate.key)
    return groups
