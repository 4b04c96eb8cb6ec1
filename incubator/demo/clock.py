"""The demonstration lives its story at its dates, through the same verbs as anyone.

Both clocks move together: Python's, and the one of the database that verbs ask. Only inside the
transaction of the demonstration, on an empty database, in DEBUG.
"""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import connection

from base.calendar import start_of_day


SHADOW = """
    CREATE SCHEMA demo_clock;
    CREATE FUNCTION demo_clock.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
        $$ SELECT pg_catalog.clock_timestamp() + current_setting('demo.shift')::interval $$;
    SET LOCAL search_path = demo_clock, pg_catalog, public;
    SET LOCAL demo.shift = '0 seconds';
    SET LOCAL statement_timeout = 0;
"""


@contextmanager
def moving():
    """A transaction in which the database's clock may be moved by `at`.

    The default of a column keeps to the true clock: meanwhile each insertion says the instant.
    """
    connection.features.supports_default_keyword_in_insert = False
    try:
        with connection.cursor() as cursor:
            cursor.execute(SHADOW)
            yield
            cursor.execute("SET LOCAL search_path = DEFAULT; DROP SCHEMA demo_clock CASCADE")
    finally:
        del connection.features.supports_default_keyword_in_insert


@contextmanager
def at(day, hour=10, minute=0):
    """What is done inside is done on that day (a date) at that hour of Paris."""
    instant = start_of_day(day) + timedelta(hours=hour, minutes=minute)
    shift = instant - datetime.now(tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL demo.shift = %s", [f"{shift.total_seconds()} seconds"])
    with time_machine.travel(instant, tick=True):
        yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL demo.shift = '0 seconds'")
