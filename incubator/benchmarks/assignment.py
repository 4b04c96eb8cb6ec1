"""Who reviews what at two sizes: seconds, memory, and what the plan breaks, counted apart from it.

Each size is solved in a process of its own, so that its memory is its own. Services hold a few
members each; one pair in twenty is an interest, one dossier in four has a wish, members know two
subjects of twelve and take 10 % more dossiers than an equal share, a few of them half of it.
"""

import random
import resource
import time
from collections import Counter, defaultdict

from committees.staffing import Dossier, Member, staff
from incubator.benchmarks.sizes import apart


SIZES = [(200, 20), (10_000, 200)]
WANTED = 3
SUBJECTS = 12
SEED = 2026


def run(*, sizes=SIZES):
    """The figures of the largest, then those of each."""
    figures = [apart(__name__, *size) for size in sizes]
    return {**figures[-1], "reviews_per_dossier": WANTED, "seed": SEED, "sizes": figures}


def measure(dossiers, members):
    """Figures of one size."""
    files, people = a_round(dossiers, members)
    start = time.perf_counter()
    plan = staff(files, people, seed=SEED)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again = staff(files[::-1], people[::-1], seed=SEED)
    loads = Counter(member for _dossier, member in plan.pairs)
    return {
        "dossiers": dossiers,
        "members": members,
        "pairs": len(plan.pairs),
        "violations": len(violations(files, people, plan)),
        "unstaffable": len(plan.missing),
        "unstaffable_named": [f"{key}: {why}" for key, (_n, why) in plan.missing.items()][:10],
        "identical_rerun": again == plan,
        "loads": [min(loads.values(), default=0), max(loads.values(), default=0)],
        "seconds": round(seconds, 2),
        "peak_mb": round(peak),
    }


def a_round(dossiers, members):
    """(dossiers, members), the same at each call for the same sizes."""
    chance = random.Random(SEED)  # noqa: S311  (an example, not a secret)
    share = dossiers * WANTED / members * 1.1
    services = max(members // 5, 4)
    people = [
        Member(
            key=key,
            limit=int(share / 2 if chance.random() < 0.05 else share) + 1,
            group=chance.randrange(services),
        )
        for key in range(members)
    ]
    experts, of_service = defaultdict(set), defaultdict(set)
    for person in people:
        of_service[person.group].add(person.key)
        for subject in chance.sample(range(SUBJECTS), 2):
            experts[subject].add(person.key)
    experts = {subject: frozenset(keys) for subject, keys in experts.items()}
    files = [_a_dossier(key, chance, members, experts, of_service) for key in range(dossiers)]
    return files, people


def _a_dossier(key, chance, members, experts, of_service):
    """From a service whose members are kept away, below another whose members are insiders."""
    own, above = chance.sample(sorted(of_service), 2)
    strangers = chance.sample(range(members), members // 20)
    wishes = chance.sample(range(members), 2) if chance.random() < 0.25 else [None, None]
    return Dossier(
        key=key,
        lacks=WANTED,
        away=frozenset({*strangers, *of_service[own]}),
        insiders=frozenset(of_service[above]),
        experts=experts.get(chance.randrange(SUBJECTS), frozenset()),
        needs_outsider=True,
        needs_expert=True,
        wished=frozenset(wishes[:1]),
        unwished=frozenset(wishes[1:]),
    )


def violations(files, people, plan):
    """Each hard rule that the pairs break, in words, read from the pairs alone."""
    chosen, loads = defaultdict(list), Counter()
    for dossier, member in plan.pairs:
        chosen[dossier].append(member)
        loads[member] += 1
    everyone = {person.key for person in people}
    found = [f"{p.key} above their maximum" for p in people if loads[p.key] > p.limit]
    for dossier in files:
        taken = set(chosen[dossier.key])
        missing = plan.missing.get(dossier.key, (0, ""))[0]
        wrong = {
            "twice": len(taken) < len(chosen[dossier.key]),
            "an interest": taken & dossier.away,
            "not counted": len(taken) + missing != dossier.lacks,
            "insiders only": not missing and taken <= dossier.insiders,
            "no expertise": not missing
            and not taken & dossier.experts
            and dossier.experts & everyone - dossier.away,
        }
        found += [f"{dossier.key}: {rule}" for rule, broken in wrong.items() if broken]
    return found
