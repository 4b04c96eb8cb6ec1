import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from devtools.valkey import free_port
from tests.devtools.processes import gone, processes_below


ROOT = Path(settings.BASE_DIR)
OURS = ["DATABASE_URL", "REDIS_URL", "DEBUG", "PYTEST_CURRENT_TEST", "EMAIL_BACKEND"]


@pytest.fixture
def start(tmp_path, temporary):
    """`make run` on a free port with data of its own; gives the process and its port."""
    started = []

    def start(**variables):
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        environment |= {"PORT": str(port), "VAR_DIR": str(tmp_path), "DEMO": "no"} | variables
        process = subprocess.Popen(
            [sys.executable, "-m", "devtools.run"],
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process, port

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def greeting(process):
    """What it says until it has named the accounts."""
    said = ""
    for line in process.stdout:
        said += line
        if "admin@fabrique.example" in line:
            return said
    raise AssertionError(said)


def fetch(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as response:
        return response.status, response.read().decode()


def test_the_portal_answers_and_leaves_nothing_behind_however_it_ends(start, tmp_path):
    """Each start finds the data of the one before: interrupted, deprived of a process, killed."""
    first_start(start, tmp_path)
    seconds, process, port, below = again(start)
    assert seconds < 5 * max(1, os.getloadavg()[0] / os.cpu_count())

    (beat,) = [
        pid for pid in below if b"beat\0--schedule" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(beat, signal.SIGKILL)

    assert process.wait(30) == 1
    assert "beat ended" in process.stdout.read()
    assert gone(below, seconds=1)
    _seconds, process, port, below = again(start)

    process.kill()
    process.wait()

    assert gone(below, seconds=20)
    _seconds, process, port, below = again(start)
    process.terminate()
    assert process.wait(30) == 0


def first_start(start, folder):
    process, port = start(DEMO="yes")
    said = greeting(process)
    assert f"http://localhost:{port}" in said
    assert "fabrique-demo" in said
    assert fetch(port, "/healthz") == (200, "ok\n")
    below = processes_below(process.pid)
    assert len(below) >= 6

    os.killpg(process.pid, signal.SIGINT)  # Ctrl-C is for the whole group

    assert process.wait(30) == 0
    assert gone(below, seconds=1)
    left = {path.name for path in folder.rglob("*") if re.search(r"pid|lock|servers", path.name)}
    assert left == set()


def again(start):
    """In how many seconds, the process and its port, the pids below it."""
    begun = time.monotonic()
    process, port = start()
    greeting(process)
    seconds = time.monotonic() - begun
    assert fetch(port, "/")[0] == 200
    return seconds, process, port, processes_below(process.pid)


def test_a_taken_port_is_said_before_anything_starts(start, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        process, _ = start(PORT=str(other.getsockname()[1]))

        assert process.wait(30) == 1

    assert "is taken" in process.stdout.read()
    assert list(tmp_path.iterdir()) == []
