"""The deadline rush: deposits straddle the closing; what is acknowledged is stored, once."""

from itertools import count

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

    The closing is set a second ahead once half of the deposits are answered, whatever the pace:
    the others meet it. No grace: the instant itself is what is measured.
    """
    drafts, passed, closing = len(portal.drafts), count(1), []

    def deposit(draft, session):
        sent = portal.deposit(draft, session)
        if next(passed) == drafts // 2:
            closing.append(portal.close_in(1))
        return sent

    sent, seconds = crowd(clients, portal.drafts, deposit)
    told = {"drafts": drafts, "clients": clients, "workers": WORKERS}
    return told | _figures(portal, sent, closing[0]) | pace(sent, seconds)


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
        "doubled": sum(many > 1 for many in receipts.values()),
        "late_accepted": portal.ask(LATE, closes_at)[0][0],
        "refused": len(refused),
        "refused_yet_stored": len(refused & set(receipts)),
        "refused_text_kept": kept,
        "errors": len(sent) - len(acknowledged) - len(refused),
    }
