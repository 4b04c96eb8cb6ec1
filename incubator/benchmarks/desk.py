"""The team's desk at 500 and at 10,000 applications: its list, its search and its filters.

Counting is measured apart: a filter cannot say how many it finds without meeting them all.
"""

from statistics import median

from incubator.benchmarks.sizes import figures, side_by_side


SIZES = (500, 10_000)
ROUNDS = 25
TEAM = "equipe"
DESK = "/equipe/candidatures/"
PAGES = [
    ("list", DESK),
    (
        "every column",
        f"{DESK}?col=auteur&col=adresse&col=service&col=departement&col=appel"
        "&col=theme&col=visa&col=irritant&col=depose&col=etat",
    ),
    ("search, one word", f"{DESK}?q=rivi%C3%A8re"),
    ("search, two words", f"{DESK}?q=formulaires+commune"),
    ("search, one dossier", f"{DESK}?q=00123"),
    ("search, nothing", f"{DESK}?q=zythum"),
    ("state", f"{DESK}?etat=declined"),
    ("call", f"{DESK}?appel=volume-3"),
    ("service and below", f"{DESK}?service=minist%C3%A8re+du+volume"),
    ("service", f"{DESK}?service=direction+de+volume+n%C2%BA+07"),
    ("theme", f"{DESK}?theme=none"),
    ("approval", f"{DESK}?visa=none"),
    ("together", f"{DESK}?q=guichet&etat=declined&service=volume&visa=none&theme=none"),
]


def run(*, sizes=SIZES, rounds=ROUNDS):
    """Of each page at each size: queries, median and p95 in ms, and the median without counting."""
    asked = [(TEAM, address) for _name, address in PAGES]
    seconds, visits = side_by_side(asked, sizes=sizes, rounds=rounds)
    return {
        "rounds": rounds,
        "fill_seconds": seconds,
        "pages": [_row(page, sizes, visits) for page in PAGES],
    }


def _figures(visits):
    uncounted = median(visit.milliseconds - visit.counting for visit in visits)
    return figures(visits) | {"without_counting_ms": round(uncounted, 1)}


def _row(page, sizes, visits):
    small, large = (_figures(visits[(TEAM, page[1]), size]) for size in sizes)
    ratio = large["without_counting_ms"] / small["without_counting_ms"]
    return {
        "page": page[0],
        "address": page[1],
        str(sizes[0]): small,
        str(sizes[-1]): large,
        "same_queries": small["queries"] == large["queries"],
        "large_over_small": round(ratio, 2),
    }
