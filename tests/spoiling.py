"""How a test breaks what the house forbids: as the owner of the database would."""

from django.db import connection


def spoil(sql, *values, without=()):
    """Run one statement with triggers and foreign keys asleep, and these rules taken away.

    Inside a test's transaction only: what is taken away comes back with its end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for rule in without:
            take_away(cursor, rule)
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def take_away(cursor, rule):
    """Drop a constraint, or the unique index that Django makes of a conditional one."""
    cursor.execute("SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = %s", [rule])
    tables = cursor.fetchall()
    for (table,) in tables:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{rule}"')
    if not tables:
        cursor.execute(f'DROP INDEX "{rule}"')
