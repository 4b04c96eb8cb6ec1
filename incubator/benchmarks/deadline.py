"""The deadline rush: deposits straddle the closing; what is acknowledged is stored, once."""

from incubator.benchmarks.crowd import RushPortal, crowd, pace
from incubator.volume.rush import words_of


DRAFTS, CLIENTS, WORKERS = 2_000, 64, 2
LATE = "SELECT count(*) FROM calls_receipt WHERE deposited_at >= %s + interval '1 second'"
KEPT = """SELECT count(*) FROM calls_answer WHERE key = 'q2' AND (application_id, text) IN %s"""


def run(*, drafts=DRAFTS, clients=CLIENTS):
    portal = RushPortal(drafts)
    try:
        portal.fill()
        portal.serve()
        return measure(portal, clients=clients)
    finally:
        portal.stop()


def measure(portal, *, clients):
    """Figures of one rush: what was acknowledged, stored, lost, doubled, accepted late.

    A twentieth of the drafts is deposited first, to know the pace; the closing is then set where
    half of the others will have passed. No grace: the instant itself is what is measured.
    """
    drafts = len(portal.drafts)
    first = max(clients // 2, drafts // 20)
    sent, seconds = crowd(clients, portal.drafts[:first], portal.deposit)
    closes_at = portal.close_in(seconds / first * (drafts - first) / 2)
    rest, seconds = crowd(clients, portal.drafts[first:], portal.deposit)
    told = {"drafts": drafts, "clients": clients, "workers": WORKERS}
    return told | _figures(portal, sent + rest, closes_at) | pace(rest, seconds)


def _figures(portal, sent, closes_at):
    acknowledged = {one.draft for one in sent if one.status == 302 and "/versions/" in one.location}
    refused = {one.draft for one in sent if one.status == 409}
    receipts = dict(
        portal.ask("SELECT application_id, count(*) FROM calls_receipt GROUP BY application_id")
    )
    words = tuple((number, words_of(number)["q2"]) for number in refused)
    kept = portal.ask(KEPT, words)[0][0] if refused else 0
    return {
        "acknowledged": len(acknowledged),
        "stored": len(acknowledged & set(receipts)),
        "lost": len(acknowledged - set(receipts)),
        "doubled": sum(count > 1 for count in receipts.values()),
        "late_accepted": portal.ask(LATE, closes_at)[0][0],
        "refused": len(refused),
        "refused_yet_stored": len(refused & set(receipts)),
        "refused_text_kept": kept,
        "errors": len(sent) - len(acknowledged) - len(refused),
    }
