from django.db import migrations


class Migration(migrations.Migration):
    """Say to the planner what reading the words of a text costs, so that it uses their index."""

    dependencies = [("calls", "0016_add_attachments")]

    operations = [
        migrations.RunSQL(
            # In plpgsql: a function in SQL is inlined, and its cost with it.
            sql="""
                CREATE FUNCTION calls_words(text) RETURNS tsvector
                LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000
                AS $$ BEGIN RETURN to_tsvector('pg_catalog.simple', $1); END $$;
            """,
            reverse_sql="DROP FUNCTION calls_words(text);",
        ),
    ]
