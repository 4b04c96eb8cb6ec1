"""Who learns what of a dossier under examination, in each phase, whatever they open or receive.

RELIABILITY A-34: votes, scores and comments are invisible to other members before they have voted
(or until the session opens them), to coaches and applicants always; names of reviewers never reach
applicants. What applicants may know of their own evaluation reaches them once it is told, in no
name (DESIGN §5, decisions).
"""

from django.http import HttpResponseNotFound

from incubator import urls
from tests.committees.learning import PHASES, READERS, House


REVIEWS = "score comment advice author remark calibration"
READING = f"{REVIEWS} draft"  # once it is handed in it is a review like the others
RESULT = "tally secret-tally"
CONDUCT = "chair secretary staff"
READERS_OF_REVIEWS = f"awaited done {CONDUCT}"
REVIEWED = {READERS_OF_REVIEWS: READING}
DECIDED = {
    READERS_OF_REVIEWS: f"{READING} vote {RESULT} decision",
    "substitute observer": f"vote {RESULT} decision",
}
TOLD = DECIDED | {"applicant co-applicant": "decision score advice tally"}
# Phase → readers → the secrets that they have met by then; the others have met none.
KNOWN = {
    "reviews_under_way": {"awaited": "draft", f"done {CONDUCT}": REVIEWS},
    "reviews_handed_in": REVIEWED,
    "sitting_convened": REVIEWED,
    "sitting_open": REVIEWED,
    "ballot_open": REVIEWED,
    "ballot_closed": {"awaited done staff": READING, "chair secretary": f"{READING} {RESULT}"},
    "result_proclaimed": {
        READERS_OF_REVIEWS: f"{READING} vote {RESULT}",
        "substitute observer": f"vote {RESULT}",
    },
    "decided_not_told": DECIDED,
    "released": TOLD,
    "minutes_signed": TOLD,
}


def expected(phase):
    known = dict.fromkeys(READERS, set())
    for readers, secrets in KNOWN[phase].items():
        known |= {reader: set(secrets.split()) for reader in readers.split()}
    return known


def test_each_reader_has_met_what_was_open_to_them_and_nothing_else(monkeypatch):
    """One test, for one world. A refused page is not drawn: it is the same for everything."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound())
    house = House()

    for phase in PHASES:
        assert (phase, house.live(phase)) == (phase, expected(phase))
