"""A vote in session: an elector who clicks fifty times at once, then everybody within a minute.

All follow the live page while they vote, as their browsers would (`static/live.js`): one request
every few seconds, answered 304 while nothing changed, and less often where answers are slow.
"""

import http.client
import json
import time
from statistics import quantiles
from urllib.parse import urlencode

from incubator.benchmarks.crowd import TOKEN, Sent, crowd
from incubator.benchmarks.server import Portal


ELECTORS, CLICKS, SECONDS = 200, 50, 60
EVERY, REST = 4, 20  # seconds; times as long as the last answer took
CHOICES = ["for", "for", "abstain"]
RECORDED = "SELECT count(*) FROM committees_vote WHERE ballot_id = %s AND seat_id = %s"
KEPT = "SELECT seat_id, choice FROM committees_vote WHERE ballot_id = %s"


def run(*, electors=ELECTORS, clicks=CLICKS, seconds=SECONDS):
    portal = VotePortal(electors)
    try:
        portal.fill()
        portal.serve()
        return measure(portal, clicks=clicks, seconds=seconds)
    finally:
        portal.stop()


class VotePortal(Portal):
    """A portal with one ballot open, whose electors are signed in."""

    def __init__(self, electors):
        super().__init__(electors)
        self.rename(f"bench_vote_{electors}")

    def fill(self):
        self.create()
        self.gather()

    def gather(self):
        ready = json.loads(self.manage("hall", "--electors", str(self.applications)))
        self.ballot, self.electors = ready["ballot"], ready["electors"]
        self.vote_path = f"/comites/deliberations/{ready['deliberation']}/vote/"
        self.live_path = f"/comites/scrutins/{self.ballot}/participation/"

    def vote(self, seat, session, choice):
        body = urlencode({"seat": seat, "choice": choice, "csrfmiddlewaretoken": TOKEN})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send(seat, "POST", self.vote_path, session, body, kind)[0]

    def look(self, seat, session, tag):
        """What the live part answers, and its new tag."""
        seen = {"If-None-Match": tag} if tag else {}
        return self._send(seat, "GET", self.live_path, session, None, seen)

    def _send(self, seat, method, path, session, body, headers):
        start = time.perf_counter()
        headers |= {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
        status, tag = 0, ""
        try:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            link.request(method, path, body, headers)
            answer = link.getresponse()
            answer.read()
            status, tag = answer.status, answer.headers.get("ETag", "")
            link.close()
        except (OSError, http.client.HTTPException):
            pass
        return Sent(seat, status, "", (time.perf_counter() - start) * 1000), tag


def measure(portal, *, clicks=CLICKS, seconds=SECONDS):
    """Figures: what fifty clicks record, then how long everybody waits, and what was lost."""
    (seat, session), electors = portal.electors[0], portal.electors
    clicked, _seconds = crowd(clicks, [(seat, session, "for")] * clicks, portal.vote)
    recorded = portal.ask(RECORDED, portal.ballot, seat)[0][0]
    plans = [
        (portal, seat, session, CHOICES[number % 3], number * 0.618 % 1 * seconds, seconds)
        for number, (seat, session) in enumerate(electors)
    ]
    done, _seconds = crowd(len(plans), plans, attend)
    votes, looks = [vote for vote, _looks in done], [look for _vote, seen in done for look in seen]
    kept = dict(portal.ask(KEPT, portal.ballot))
    acknowledged = {vote.draft for vote in votes if vote.status == 302}
    expected = {seat: choice for _portal, seat, _session, choice, *_rest in plans}
    return {
        "electors": len(electors),
        "seconds": seconds,
        "simultaneous": clicks,
        "simultaneous_acknowledged": sum(one.status == 302 for one in clicked),
        "recorded": recorded,
        "acknowledged": len(acknowledged),
        "lost": sum(kept.get(seat) != expected[seat] for seat in acknowledged),
        "errors": sum(one.status not in {200, 302, 304} for one in votes + looks),
        "votes": waits(votes),
        "looks": waits(looks) | {"unchanged": sum(one.status == 304 for one in looks)},
    }


def attend(portal, seat, session, choice, at, seconds):
    """Follow the live part for so many seconds and vote at an instant of them."""
    start, due, tag, looks, vote = time.perf_counter(), at % EVERY % seconds, "", [], None
    while vote is None or due < seconds:
        wake = due if vote else min(due, at)
        time.sleep(max(0, wake - (time.perf_counter() - start)))
        if vote is None and time.perf_counter() - start >= at:
            vote = portal.vote(seat, session, choice)
            continue
        seen, new = portal.look(seat, session, tag)
        looks, tag = [*looks, seen], new or tag
        rest = max(EVERY, REST * seen.milliseconds / 1000)
        due = time.perf_counter() - start + rest
    return vote, looks


def waits(sent):
    """How many, and how long one waits: the median, and 95 of 100."""
    cuts = quantiles([one.milliseconds for one in sent], n=20)
    return {"count": len(sent), "p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}
