from django.db import migrations


class Migration(migrations.Migration):
    """What was announced is never taken back: neither the closing nor an opening that has come."""

    dependencies = [("calls", "0019_version_headings")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION refuse_shorter_call() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'call_is_never_shortened'
                        USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER call_is_never_shortened
                    BEFORE UPDATE OF closes_at, opens_at ON calls_call FOR EACH ROW
                    WHEN (OLD.status <> 'draft' AND (
                        NEW.closes_at < OLD.closes_at
                        OR OLD.opens_at <= statement_timestamp() AND NEW.opens_at > OLD.opens_at
                    ))
                    EXECUTE FUNCTION refuse_shorter_call();
            """,
            reverse_sql="""
                DROP TRIGGER call_is_never_shortened ON calls_call;
                DROP FUNCTION refuse_shorter_call();
            """,
        ),
    ]
