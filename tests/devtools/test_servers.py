import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
import redis

from devtools.child import CAP_DAC_OVERRIDE
from devtools.postgres import Postgres, binaries
from devtools.servers import servers
from devtools.valkey import Valkey
from tests.devtools.processes import gone, processes_below


PARENT = """
import time
from devtools.servers import servers
with servers():
    print("ready", flush=True)
    time.sleep(60)
"""


def ask(url, statement):
    folder, _, name = url.partition("@/")[2].rpartition("/")
    connection = psycopg2.connect(host=folder, user="postgres", dbname=name)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else None
    connection.close()
    return rows


@pytest.fixture
def nothing_named(monkeypatch):
    for name in ["DATABASE_URL", "REDIS_URL"]:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_the_data_of_make_run_outlives_its_servers(tmp_path, nothing_named):
    with servers(tmp_path):
        ask(os.environ["DATABASE_URL"], "CREATE TABLE kept AS SELECT 42 AS answer")
        redis.Redis.from_url(os.environ["REDIS_URL"]).rpush("celery", "a task")
    del os.environ["DATABASE_URL"], os.environ["REDIS_URL"]

    with servers(tmp_path):
        assert ask(os.environ["DATABASE_URL"], "SELECT answer FROM kept") == [(42,)]
        assert redis.Redis.from_url(os.environ["REDIS_URL"]).llen("celery") == 1
        assert ask(os.environ["DATABASE_URL"], "SHOW fsync") == [("on",)]


def test_a_second_command_shares_the_servers_of_the_first(tmp_path, nothing_named):
    with servers(tmp_path):
        first = os.environ.pop("DATABASE_URL"), os.environ.pop("REDIS_URL")
        with servers(tmp_path):
            second = os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
        assert ask(first[0], "SELECT 1") == [(1,)]

    assert second == first
    assert not (tmp_path / "servers.env").exists()


def test_a_lock_left_by_a_killed_server_does_not_stop_the_next(tmp_path):
    first = Postgres(tmp_path / "postgres").start()
    os.killpg(first.server.pid, signal.SIGKILL)
    first.server.wait()
    lock = tmp_path / "postgres" / "postmaster.pid"
    pid, *rest = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *rest]))  # as a restarted container would

    second = Postgres(tmp_path / "postgres").start()

    assert ask(second.url, "SELECT 1") == [(1,)]
    second.stop()
    first.stop()


def test_a_running_server_is_not_started_twice(tmp_path):
    first = Postgres(tmp_path / "postgres").start()
    second = Postgres(tmp_path / "postgres")

    with pytest.raises(RuntimeError, match="already runs"):
        second.start()

    second.stop()
    first.stop()


def test_a_server_starts_below_a_home_that_others_may_not_enter(tmp_path, monkeypatch):
    closed = tmp_path / "home"
    shutil.copytree(binaries().parent, closed / "pg", symlinks=True)
    closed.chmod(0o700)
    monkeypatch.setenv("PG_BIN", str(closed / "pg" / "bin"))

    server = Postgres(closed / "var" / "postgres").start()

    assert ask(server.url, "SELECT 1") == [(1,)]
    status = Path(f"/proc/{server.server.pid}/status").read_text()
    assert int(re.search(r"^CapEff:\s*(\w+)", status, re.M)[1], 16) in [0, 1 << CAP_DAC_OVERRIDE]
    server.stop()


def test_the_extensions_of_the_portal_are_there():
    server = Postgres().start()

    for extension in ["pg_trgm", "btree_gist"]:
        ask(server.url, f"CREATE EXTENSION {extension}")

    server.stop()
    assert not server.folder.exists()


def test_valkey_asks_for_its_password():
    server = Valkey().start()

    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=server.port).ping()

    server.stop()
    assert not server.folder.exists()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_servers_die_with_their_parent(how, nothing_named, temporary):
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, stderr=-3)
    assert parent.stdout.readline() == b"ready\n"
    below = processes_below(parent.pid)

    parent.send_signal(how)
    parent.wait()
    parent.stdout.close()

    assert len(below) >= 2
    assert gone(below)
