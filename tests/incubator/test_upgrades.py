"""RELIABILITY A-13, A-17: what an administrator does to the database, with real commands."""

import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from psycopg2 import sql

from devtools.postgres import binaries
from tests.factories import ApplicationFactory


ROOT = Path(settings.BASE_DIR)


def address_of(name):
    """A database of the tests' server, as libpq reads it."""
    wanted = connection.settings_dict
    host = wanted["HOST"].replace("/", "%2F")
    return f"postgres://{wanted['USER']}:{wanted['PASSWORD']}@{host}:{wanted['PORT']}/{name}"


@pytest.fixture
def beside(django_db_blocker):
    """Another database of the same server, empty, seen from outside."""
    name = f"beside_{os.getpid()}"
    owner = psycopg2.connect(address_of("postgres"))
    owner.autocommit = True
    with owner.cursor() as cursor:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        cursor.execute(drop)
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield name
        cursor.execute(drop)
    owner.close()


def ask(name, query):
    """The first value of the first row, or nothing where the table is not there yet."""
    with psycopg2.connect(address_of(name)) as link, link.cursor() as cursor:
        try:
            cursor.execute(query)
        except psycopg2.errors.UndefinedTable:
            return 0
        return cursor.fetchone()[0]


def manage(name, *arguments):
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = os.environ | {"DATABASE_URL": f"{server}/{name}", "DEBUG": "true"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def wait_until(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen within a minute.")


def test_two_upgrades_at_once_are_one_and_a_killed_one_is_taken_up_again(beside):
    first = manage(beside, "migrate")
    wait_until(lambda: ask(beside, "SELECT count(*) FROM django_migrations") > 3)
    second = manage(beside, "migrate")
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    wait_until(lambda: ask(beside, others) == 3)  # the two, and who asks
    writing = "SELECT min(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    alone = ask(beside, writing)
    first.kill()
    first.wait()

    assert alone is not None
    wait_until(lambda: ask(beside, writing) not in {alone, None})
    assert second.wait(120) == 0
    assert manage(beside, "migrate", "--check").wait(60) == 0


def counts(name):
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    with psycopg2.connect(address_of(name)) as link, link.cursor() as cursor:
        cursor.execute(tables)
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in names:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            found[table] = cursor.fetchone()[0]
        return found


def files_in(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def written_commands():
    """The four that docs/operations.md gives: save both, bring both back."""
    page = (ROOT / "docs/operations.md").read_text()
    block = re.search(r"## Backup and restore.*?```\n(.*?)```", page, re.DOTALL)[1]
    commands = block.strip().splitlines()
    return "\n".join(commands[:2]), "\n".join(commands[2:])


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_is_brought_back_whole(beside, tmp_path):
    application = ApplicationFactory()
    application.deposit(by=application.author)
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in [here / "ab", there]:
        folder.mkdir(parents=True)
    (here / "ab" / "abc.pdf").write_bytes(os.urandom(50_000))
    save, restore = written_commands()
    name = connection.settings_dict["NAME"]
    path = f"{binaries()}:{os.environ['PATH']}"
    for script, database, media in [(save, name, here), (restore, beside, there)]:
        environment = {"PATH": path, "DATABASE_URL": address_of(database), "MEDIA_ROOT": str(media)}
        subprocess.run(["bash", "-ec", script], cwd=tmp_path, env=environment, check=True)

    assert counts(beside) == counts(name)
    assert files_in(there) == files_in(here) != {}
    assert manage(beside, "verify_journal").wait(60) == 0
    assert manage(beside, "migrate", "--check").wait(60) == 0
