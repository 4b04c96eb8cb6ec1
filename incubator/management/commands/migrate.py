import time

from django.core.management.commands import migrate
from django.db import connections


LOCK = 0x6D696772  # « migr »


class Command(migrate.Command):
    """Django's own, one at a time: a second one waits for the first, and finds nothing to do.

    A killed one lets go of the lock with its connection (RELIABILITY A-13).
    """

    def handle(self, *args, database, **options):
        with connections[database].cursor() as cursor:
            while not self.is_alone(cursor):
                time.sleep(0.2)  # lock_timeout would cut a lock that waits
        try:
            super().handle(*args, database=database, **options)
        finally:
            with connections[database].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    @staticmethod
    def is_alone(cursor):
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        return cursor.fetchone()[0]
