"""PostgreSQL and Valkey where the environment names none."""

import contextlib
import os
from pathlib import Path

import psycopg2

from devtools.postgres import Postgres
from devtools.valkey import Valkey


ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve()


@contextlib.contextmanager
def servers(var=None):
    """Names both servers in the environment; starts those that it lacks, and stops them after.

    With a folder their data is kept there, and a second call shares the servers of the first;
    without, it is thrown away.
    """
    with contextlib.ExitStack() as stack:
        if var:
            var.mkdir(parents=True, exist_ok=True)
            running = var / "servers.env"
            for line in running.read_text().splitlines() if answers(running) else []:
                name, _, url = line.partition("=")
                os.environ.setdefault(name, url)
        for name, server, folder in [
            ("DATABASE_URL", Postgres, "postgres"),
            ("REDIS_URL", Valkey, "valkey"),
        ]:
            if name not in os.environ:
                ours = server(var / folder if var else None)
                stack.callback(ours.stop)
                os.environ[name] = ours.start().url
                if var:
                    stack.callback(running.unlink, missing_ok=True)
                    running.touch(0o600)
                    with running.open("a") as lines:
                        lines.write(f"{name}={ours.url}\n")
        yield


def answers(running):
    """Whether the PostgreSQL noted there is still up; a killed one leaves its note behind."""
    try:
        notes = dict(line.split("=", 1) for line in running.read_text().splitlines())
        folder, _, name = notes["DATABASE_URL"].partition("@/")[2].rpartition("/")
        psycopg2.connect(host=folder, user="postgres", dbname=name).close()
    except (OSError, KeyError, psycopg2.OperationalError):
        running.unlink(missing_ok=True)
        return False
    return True
