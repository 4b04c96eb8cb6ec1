"""A measure at several sizes: apart, each in a process of its own, or side by side in one run."""

import json
import subprocess
import sys
from collections import defaultdict
from statistics import median, median_low, quantiles
from typing import NamedTuple

from django.conf import settings

from incubator.benchmarks.server import Portal


def apart(module, *size):
    """What `measure(*size)` of a module says in a process that has done nothing else."""
    code = f"import json; from {module} import measure; print(json.dumps(measure(*{size})))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


class Visit(NamedTuple):
    """What one visit cost, of which counting the rows of a list."""

    milliseconds: float
    counting: float
    queries: int
    bytes: int


def side_by_side(pages, *, sizes, rounds, known=lambda portal: {}):
    """(seconds to fill each size, {((account or None, address), size): visits}).

    Rounds are interleaved (every page of every size in turn), so that ratios hold on a noisy
    machine; the first two warm up and are not counted. What a portal is known by fills addresses.
    """
    portals = [Portal(size) for size in sizes]
    try:
        for portal in portals:
            portal.fill()
            portal.serve()
        visits = _visit(portals, pages, rounds, {portal: known(portal) for portal in portals})
    finally:
        for portal in portals:
            portal.stop()
    return {portal.applications: portal.seconds for portal in portals}, visits


def _visit(portals, pages, rounds, known):
    accounts = {account for account, _address in pages if account}
    cookies = {(portal, name): portal.sign_in(name) for portal in portals for name in accounts}
    visits = defaultdict(list)
    for number in range(rounds + 2):
        for account, address in pages:
            for portal in portals:
                path = address.format(**known[portal])
                visit = _one(portal, path, account, cookies.get((portal, account), ""))
                if number > 1:
                    visits[(account, address), portal.applications].append(visit)
    return visits


def _one(portal, path, account, cookies):
    status, elapsed, queries, size, headers, _body = portal.get(path, cookies)
    if status != 200:
        raise RuntimeError(f"{path} answers {status} to {account or 'anybody'}.")
    return Visit(elapsed, float(headers.get("X-Counting", 0)), queries, size)


def figures(visits):
    """How many queries, and how long one waits: the median, and 95 of 100.

    A worker that shows a page for the first time asks for more, once.
    """
    milliseconds = [visit.milliseconds for visit in visits]
    return {
        "queries": median_low(visit.queries for visit in visits),
        "median_ms": round(median(milliseconds), 1),
        "p95_ms": round(quantiles(milliseconds, n=20)[-1], 1),
    }
