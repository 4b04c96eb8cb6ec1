"""Many people at once in front of a portal: what each was answered, and after how long."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import urlencode

from incubator.benchmarks.server import Portal


TOKEN = "b" * 32  # a CSRF cookie, and the field that matches it


class Sent(NamedTuple):
    """One request and its answer; status 0 when none came."""

    draft: int
    status: int
    location: str
    milliseconds: float


class RushPortal(Portal):
    """A portal with one open call and its drafts, whose authors are signed in."""

    def __init__(self, drafts):
        super().__init__(drafts)
        self.rename(f"bench_rush_{drafts}")

    def fill(self):
        self.create()
        ready = json.loads(self.manage("rush", "--drafts", str(self.applications)))
        self.call, self.drafts = ready["call"], ready["drafts"]

    def post(self, draft, session, path, **form):
        start = time.perf_counter()
        status, location = 0, ""
        try:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            headers = {
                "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept-Language": "fr",
            }
            body = urlencode(form | {"csrfmiddlewaretoken": TOKEN})
            link.request("POST", f"/candidatures/{draft}/{path}/", body, headers)
            answer = link.getresponse()
            answer.read()
            status, location = answer.status, answer.headers.get("Location", "")
            link.close()
        except (OSError, http.client.HTTPException):
            pass
        return Sent(draft, status, location, (time.perf_counter() - start) * 1000)

    def deposit(self, draft, session):
        return self.post(draft, session, "depot")

    def close_in(self, seconds):
        """Let the call close in so many seconds, as no verb may: the instant."""
        moved = "UPDATE calls_call SET closes_at = now() + %s * interval '1 second' WHERE id = %s"
        unguarded = f"SET session_replication_role = replica; {moved} RETURNING closes_at"
        return self.ask(unguarded, seconds, self.call)[0][0]


def crowd(clients, work, act):
    """Let `clients` people share the work: what `act(*item)` returned for each, and the seconds."""
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as people:
        done = list(people.map(lambda item: act(*item), work))
    return done, time.perf_counter() - start


def pace(sent, seconds):
    """How many a second, and how long one waits: the median, and 95 of 100."""
    times = [one.milliseconds for one in sent]
    cuts = quantiles(times, n=20)
    return {
        "per_second": round(len(sent) / seconds, 1),
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
    }
