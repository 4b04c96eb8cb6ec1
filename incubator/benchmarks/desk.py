"""The team's desk at 500 and at 10,000 applications: its list, its search and its filters.

Counting is measured apart: a filter cannot say how many it finds without meeting them all.
"""

from statistics import median, quantiles

from incubator.benchmarks.server import Portal


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
    """Of each page at each size: queries, median and p95 in ms, and the median without counting.

    Rounds are interleaved, so that ratios hold on a noisy machine; the first two warm up and are
    not counted.
    """
    portals = [Portal(size) for size in sizes]
    try:
        for portal in portals:
            portal.fill()
            portal.serve()
        visits = _visit(portals, rounds)
    finally:
        for portal in portals:
            portal.stop()
    return {
        "rounds": rounds,
        "fill_seconds": {portal.applications: portal.seconds for portal in portals},
        "pages": [_row(page, sizes, visits) for page in PAGES],
    }


def _visit(portals, rounds):
    """(milliseconds, of which counting, queries) of each visit, by (page, size)."""
    cookies = {portal: portal.sign_in(TEAM) for portal in portals}
    visits = {(page, portal.applications): [] for page in PAGES for portal in portals}
    for number in range(rounds + 2):
        for page in PAGES:
            for portal in portals:
                status, elapsed, queries, _size, headers, _body = portal.get(
                    page[1], cookies[portal]
                )
                if status != 200:
                    raise RuntimeError(f"{page[1]} answers {status}.")
                if number > 1:
                    counting = float(headers["X-Counting"])
                    visits[page, portal.applications].append((elapsed, counting, queries))
    return visits


def _figures(values):
    return {
        "queries": max(queries for _elapsed, _counting, queries in values),
        "median_ms": round(median(elapsed for elapsed, _counting, _queries in values), 1),
        "p95_ms": round(quantiles([value[0] for value in values], n=20)[-1], 1),
        "without_counting_ms": round(median(value[0] - value[1] for value in values), 1),
    }


def _row(page, sizes, visits):
    small, large = (_figures(visits[page, size]) for size in sizes)
    ratio = large["without_counting_ms"] / small["without_counting_ms"]
    return {
        "page": page[0],
        "address": page[1],
        str(sizes[0]): small,
        str(sizes[-1]): large,
        "same_queries": small["queries"] == large["queries"],
        "large_over_small": round(ratio, 2),
    }
