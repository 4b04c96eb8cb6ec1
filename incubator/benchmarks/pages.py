"""Each role's main pages at 500 and at 10,000 applications, beside the floor, in one run."""

from statistics import median, quantiles

from incubator.benchmarks.server import Portal


SIZES = (500, 10_000)
ROUNDS = 25
FLOOR = [("équipe", "equipe", "/floor/empty/"), ("équipe", "equipe", "/floor/list/")]
PAGES = [
    ("public", None, "/"),
    ("public", None, "/appels/"),
    ("public", None, "/irritants/"),
    ("public", None, "/promotions/"),
    ("public", None, "/projets/"),
    ("public", None, "/projets/?page=last"),
    ("agent", "agent", "/mon-espace/"),
    ("porteur", "porteur", "/mon-espace/"),
    ("présidente", "presidente", "/mon-espace/"),
    ("présidente", "presidente", "/comites/"),
    ("présidente", "presidente", "/comites/deliberations/"),
    ("membre", "membre", "/mon-espace/"),
    ("coach", "coach", "/accompagnement/"),
    ("équipe", "equipe", "/mon-espace/"),
    ("équipe", "equipe", "/equipe/"),
    ("équipe", "equipe", "/equipe/candidatures/"),
    ("équipe", "equipe", "/equipe/candidatures/?page=last"),
    ("équipe", "equipe", "/equipe/coachs/"),
]


def run(*, sizes=SIZES, rounds=ROUNDS):
    """Figures of each page: queries, median and p95 in milliseconds, bytes, at each size.

    Rounds are interleaved (every page of both sizes and the floor in turn), so that ratios hold
    on a noisy machine; the first two rounds warm up and are not counted.
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
    figures = {key: _figures(values) for key, values in visits.items()}
    return {
        "rounds": rounds,
        "fill_seconds": {portal.applications: portal.seconds for portal in portals},
        "floor": [_row(page, sizes, figures, None) for page in FLOOR],
        "pages": [_row(page, sizes, figures, figures[FLOOR[1], sizes[-1]]) for page in PAGES],
    }


def _visit(portals, rounds):
    accounts = {account for _, account, _ in PAGES + FLOOR if account}
    cookies = {
        (portal, account): portal.sign_in(account) for portal in portals for account in accounts
    }
    visits = {(page, portal.applications): [] for page in FLOOR + PAGES for portal in portals}
    for number in range(rounds + 2):
        for page in FLOOR + PAGES:
            for portal in portals:
                answer = portal.get(page[2], cookies.get((portal, page[1]), ""))
                if answer[0] != 200:
                    raise RuntimeError(f"{page[2]} answers {answer[0]} to {page[0]}.")
                if number > 1:
                    visits[page, portal.applications].append(answer[1:4])
    return visits


def _figures(values):
    milliseconds = [value[0] for value in values]
    return {
        "queries": max(value[1] for value in values),
        "median_ms": round(median(milliseconds), 1),
        "p95_ms": round(quantiles(milliseconds, n=20)[-1], 1),
        "bytes": max(value[2] for value in values),
    }


def _row(page, sizes, figures, floor):
    small, large = (figures[page, size] for size in sizes)
    row = {"role": page[0], "page": page[2]} | {str(size): figures[page, size] for size in sizes}
    row["large_over_small"] = round(large["median_ms"] / small["median_ms"], 2)
    if floor:
        row["over_floor_list"] = round(large["median_ms"] / floor["median_ms"], 2)
    return row
