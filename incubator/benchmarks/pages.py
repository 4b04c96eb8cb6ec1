"""Each role's main pages at 500 and at 10,000 applications, beside the floor, in one run."""

from incubator.benchmarks.sizes import figures, side_by_side


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
    """Figures of each page: queries, median and p95 in milliseconds, bytes, at each size."""
    asked = [page[1:] for page in FLOOR + PAGES]
    seconds, visits = side_by_side(asked, sizes=sizes, rounds=rounds)
    found = {key: _figures(values) for key, values in visits.items()}
    floor = found[FLOOR[1][1:], sizes[-1]]
    return {
        "rounds": rounds,
        "fill_seconds": seconds,
        "floor": [_row(page, sizes, found, None) for page in FLOOR],
        "pages": [_row(page, sizes, found, floor) for page in PAGES],
    }


def _figures(visits):
    return figures(visits) | {"bytes": max(visit.bytes for visit in visits)}


def _row(page, sizes, found, floor):
    small, large = (found[page[1:], size] for size in sizes)
    row = {"role": page[0], "page": page[2]} | {str(size): found[page[1:], size] for size in sizes}
    row["large_over_small"] = round(large["median_ms"] / small["median_ms"], 2)
    if floor:
        row["over_floor_list"] = round(large["median_ms"] / floor["median_ms"], 2)
    return row
