"""What those who review and conduct open most, at 500 and at 10,000 dossiers, in one run."""

from incubator.benchmarks.sizes import figures, side_by_side


SIZES = (500, 10_000)
ROUNDS = 15
# The round with the most dossiers.
ROUND = """SELECT round_id FROM committees_deliberation GROUP BY round_id
    ORDER BY count(*) DESC, round_id LIMIT 1"""
# What the member of the demonstration is writing.
DRAFT = """SELECT assignment.deliberation_id FROM committees_review AS review
    JOIN committees_assignment AS assignment ON assignment.id = review.assignment_id
    JOIN committees_seat AS seat ON seat.id = assignment.seat_id
    JOIN accounts_user AS member ON member.id = seat.user_id
    WHERE member.email = 'membre@fabrique.example'
        AND review.status = 'draft' AND review.version > 0"""
PAGES = [
    ("results", "equipe", "/comites/tours/{round}/resultats/"),
    ("results, last page", "equipe", "/comites/tours/{round}/resultats/?page=last"),
    ("results, divergent", "equipe", "/comites/tours/{round}/resultats/?opinions=divergent"),
    ("progress", "equipe", "/equipe/comites/tours/{round}/avancement/"),
    ("state", "equipe", "/comites/tours/{round}/etat/"),
    ("queue", "membre", "/comites/evaluations/"),
    ("review", "membre", "/comites/deliberations/{draft}/evaluation/"),
]


def run(*, sizes=SIZES, rounds=ROUNDS):
    """Of each page at each size: queries, median and p95 in ms."""
    asked = [page[1:] for page in PAGES]
    seconds, visits = side_by_side(asked, sizes=sizes, rounds=rounds, known=_known)
    return {"rounds": rounds, "fill_seconds": seconds} | compared(visits, sizes)


def compared(visits, sizes):
    """Each page at both sizes; `unequal` are those that ask more queries where there is more."""
    pages = [_row(page, sizes, visits) for page in PAGES]
    unequal = [page["page"] for page in pages if not page["same_queries"]]
    return {"unequal": unequal, "pages": pages}


def _known(portal):
    return {"round": portal.ask(ROUND)[0][0], "draft": portal.ask(DRAFT)[0][0]}


def _row(page, sizes, visits):
    small, large = (figures(visits[page[1:], size]) for size in sizes)
    return {
        "page": page[0],
        "role": page[1],
        str(sizes[0]): small,
        str(sizes[-1]): large,
        "same_queries": small["queries"] == large["queries"],
        "large_over_small": round(large["median_ms"] / small["median_ms"], 2),
    }
