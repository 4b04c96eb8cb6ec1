"""What one waits for while typing: a field is saved, alone and among many who write at once."""

from incubator.benchmarks.crowd import RushPortal, crowd, pace


DRAFTS, CLIENTS, SAVES, ALONE = 200, 64, 2_000, 200


def run(*, drafts=DRAFTS, clients=CLIENTS, saves=SAVES, alone=ALONE):
    portal = RushPortal(drafts)
    try:
        portal.fill()
        portal.serve()
        return measure(portal, clients=clients, saves=saves, alone=alone)
    finally:
        portal.stop()


def measure(portal, *, clients, saves, alone):
    """Figures of the round trip: `alone` by one person, `together` by all, and what was lost.

    Each draft is typed in by one person at a time: a conflict would be an error here.
    """
    pens = [Pen(portal, draft, session) for draft, session in portal.drafts]
    quiet = crowd(1, [()] * alone, pens[0].write)
    share = max(1, saves // len(pens))
    rounds, seconds = crowd(clients, [(pen, share) for pen in pens], Pen.fill)
    together = [one for written in rounds for one in written]
    sent = quiet[0] + together
    stored = dict(portal.ask("SELECT application_id, text FROM calls_answer WHERE key = 'q1'"))
    acknowledged = sum(one.status == 200 for one in sent)
    return {
        "drafts": len(pens),
        "clients": clients,
        "saves": len(sent),
        "acknowledged": acknowledged,
        "lost": sum(stored[pen.draft] != pen.text for pen in pens if pen.text),
        "errors": len(sent) - acknowledged,
        "alone": pace(*quiet),
        "together": pace(together, seconds),
    }


class Pen:
    """Who types in the first answer of a draft, and the last text that was acknowledged."""

    def __init__(self, portal, draft, session):
        self.portal, self.draft, self.session = portal, draft, session
        self.version, self.text = 1, ""

    def write(self):
        text = f"Version {self.version} de l’irritant nº {self.draft}, un peu plus longue."
        form = {"key": "q1", "q1": text, "version_q1": self.version}
        sent = self.portal.post(self.draft, self.session, "enregistrement", **form)
        if sent.status == 200:
            self.version, self.text = self.version + 1, text
        return sent

    def fill(self, times):
        return [self.write() for _ in range(times)]
