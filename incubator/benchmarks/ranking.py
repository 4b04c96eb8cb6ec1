"""The order of a round's dossiers with and without the severity of members: seconds, memory.

Each size is ranked in a process of its own, so that its memory is its own. Members are severe or
generous by up to ten points; a dossier's three marks are its worth, their leaning and some noise.
"""

import random
import resource
import time
from decimal import Decimal

from committees.severity import adjusted, places
from incubator.benchmarks.sizes import apart


SIZES = [(500, 20), (10_000, 200)]
REVIEWS = 3
SEED = 2026


def run(*, sizes=SIZES):
    """The figures of the largest, then those of each."""
    figures = [apart(__name__, *size) for size in sizes]
    return {**figures[-1], "reviews_per_dossier": REVIEWS, "seed": SEED, "sizes": figures}


def measure(dossiers, members):
    """Figures of one size: the raw order first, then the adjusted one, beside what is known."""
    reviews, leanings = a_round(dossiers, members)
    start = time.perf_counter()
    raw = places(means(reviews), {})
    raw_seconds = time.perf_counter() - start
    start = time.perf_counter()
    found = adjusted(reviews)
    ranked = places(means(reviews), found.worths)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again = adjusted(reviews[::-1])
    errors = [abs(float(found.leanings[key]) - leaning) for key, leaning in leanings.items()]
    return {
        "dossiers": dossiers,
        "members": members,
        "reviews": len(reviews),
        "seconds": round(seconds, 3),
        "raw_seconds": round(raw_seconds, 3),
        "adjusted_over_raw": round(seconds / raw_seconds, 1),
        "peak_mb": round(peak),
        "sensible": sum(place.sensible for place in ranked.values()),
        "ranked": len(raw),
        "identical_rerun": again == found,
        "mean_error_of_leanings": round(sum(errors) / len(errors), 2),
    }


def a_round(dossiers, members):
    """((dossier, member, mark) triples, the leaning of each member), the same at each call."""
    chance = random.Random(SEED)  # noqa: S311  (an example, not a secret)
    leanings = {key: chance.uniform(-10, 10) for key in range(members)}
    middle = sum(leanings.values()) / members
    leanings = {key: leaning - middle for key, leaning in leanings.items()}
    reviews = []
    for dossier in range(dossiers):
        worth = chance.uniform(20, 80)
        for member in chance.sample(range(members), REVIEWS):
            mark = worth + leanings[member] + chance.uniform(-5, 5)
            reviews.append((dossier, member, Decimal(f"{mark:.2f}")))
    return reviews, leanings


def means(reviews):
    """{dossier: its mean mark}."""
    sums, counts = {}, {}
    for dossier, _member, mark in reviews:
        sums[dossier] = sums.get(dossier, 0) + mark
        counts[dossier] = counts.get(dossier, 0) + 1
    return {dossier: sums[dossier] / counts[dossier] for dossier in sums}
