"""Celery's beat, of which only one acts however many run."""

from celery.beat import PersistentScheduler
from django.db import DatabaseError, connection


# Any number, as long as nothing else locks it: the letters "beat".
LOCK = 0x62656174
STANDBY = 5


class LoneScheduler(PersistentScheduler):
    """Ticks only while its connection to PostgreSQL holds the lock, and they end together."""

    def tick(self, *args, **kwargs):
        return super().tick(*args, **kwargs) if self.is_alone() else STANDBY

    def is_alone(self):
        """Asking again within the same session is granted again; another session is refused."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                return cursor.fetchone()[0]
        except DatabaseError:
            connection.close()
            return False

    def close(self):
        connection.close()
        super().close()
