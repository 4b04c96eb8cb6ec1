"""One migrated database that the processes of the tests copy: migrating takes longer than copying.

Made while the tests are collected, under another name until it is whole.
"""

import os
import subprocess
import sys
import time

import django
import psycopg2
from django.core.management import call_command
from django.db import connection
from psycopg2 import sql


NAME = "TEST_TEMPLATE"


def order(statement, *names):
    """Tell the server something of its databases, from the one that is always there."""
    given = connection.settings_dict
    where = {"host": given["HOST"], "port": given["PORT"] or None, "dbname": "postgres"}
    link = psycopg2.connect(user=given["USER"], password=given["PASSWORD"], **where)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        found = cursor.fetchall() if cursor.description else []
    link.close()
    return found


def unfinished(name):
    return f"{name}_unfinished"


def begin():
    """Have it made by another process, named in the environment; gives how to do away with it."""
    name = os.environ[NAME] = f"template_{os.getpid()}"
    order("CREATE DATABASE {}", unfinished(name))
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    there = os.environ | {"DATABASE_URL": f"{base}/{unfinished(name)}"}
    maker = subprocess.Popen([sys.executable, "-m", "devtools.template"], env=there)

    def end():
        maker.kill()
        maker.wait()
        for database in [name, unfinished(name)]:
            order("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    return end


def ready():
    """Its name, once it is whole; None where it could not be made: one migrates oneself, then."""
    name = os.environ[NAME]
    while True:
        known = {row[0] for row in order("SELECT datname FROM pg_database")}
        if name in known:
            return name
        if unfinished(name) not in known:
            return None
        time.sleep(0.2)


def make():
    name = os.environ[NAME]
    django.setup()
    try:
        call_command("migrate", verbosity=0)
    except BaseException:
        connection.close()
        order("DROP DATABASE {} WITH (FORCE)", unfinished(name))
        raise
    connection.close()
    order("ALTER DATABASE {} RENAME TO {}", unfinished(name), name)


if __name__ == "__main__":
    make()
