from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """What the database offers every floor: extensions, and the table of the cache."""

    initial = True
    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(
            # The shape that django.core.cache.backends.db expects (createcachetable).
            sql="""
                CREATE UNLOGGED TABLE base_cache (
                    cache_key varchar(255) PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamptz NOT NULL
                );
                CREATE INDEX base_cache_expires ON base_cache (expires);
            """,
            reverse_sql="DROP TABLE base_cache;",
        ),
    ]
