"""The processes below ours, and whether they are gone."""

import time
from pathlib import Path


def processes_below(pid):
    """The pids of all descendants, as /proc tells them."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            child, rest = stat.parent.name, stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(rest[1]), []).append(int(child))
    below, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        below += children
        waiting += children
    return below


def gone(pids, seconds=10):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False
