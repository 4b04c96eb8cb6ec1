"""What those who review and conduct open most, at 500 and at 10,000 dossiers, in one run."""

from statistics import median, quantiles

from incubator.benchmarks.server import Portal


SIZES = (500, 10_000)
ROUNDS = 15
# The round with the most dossiers.
ROUND = """SELECT round_id FROM committees_deliberation GROUP BY round_id
    ORDER BY count(*) DESC, round_id LIMIT 1"""
PAGES = [
    ("results", "equipe", "/comites/tours/{round}/resultats/"),
    ("results, last page", "equipe", "/comites/tours/{round}/resultats/?page=last"),
    ("results, divergent", "equipe", "/comites/tours/{round}/resultats/?opinions=divergent"),
    ("progress", "equipe", "/equipe/comites/tours/{round}/avancement/"),
    ("state", "equipe", "/comites/tours/{round}/etat/"),
    ("queue", "membre", "/comites/evaluations/"),
]


def run(*, sizes=SIZES, rounds=ROUNDS):
    """Of each page at each size: queries, median and p95 in ms.

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
    """(milliseconds, queries) of each visit, by (page, size)."""
    accounts = {page[1] for page in PAGES}
    cookies = {(portal, name): portal.sign_in(name) for portal in portals for name in accounts}
    known = {portal: portal.ask(ROUND)[0][0] for portal in portals}
    visits = {(page, portal.applications): [] for page in PAGES for portal in portals}
    for number in range(rounds + 2):
        for page in PAGES:
            for portal in portals:
                path = page[2].format(round=known[portal])
                answer = portal.get(path, cookies[portal, page[1]])
                if answer[0] != 200:
                    raise RuntimeError(f"{path} answers {answer[0]} to {page[1]}.")
                if number > 1:
                    visits[page, portal.applications].append(answer[1:3])
    return visits


def _row(page, sizes, visits):
    small, large = (_figures(visits[page, size]) for size in sizes)
    return {
        "page": page[0],
        "role": page[1],
        str(sizes[0]): small,
        str(sizes[-1]): large,
        "same_queries": small["queries"] == large["queries"],
        "large_over_small": round(large["median_ms"] / small["median_ms"], 2),
    }


def _figures(values):
    return {
        "queries": max(queries for _elapsed, queries in values),
        "median_ms": round(median(elapsed for elapsed, _queries in values), 1),
        "p95_ms": round(quantiles([elapsed for elapsed, _queries in values], n=20)[-1], 1),
    }
