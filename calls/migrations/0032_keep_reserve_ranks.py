from django.db import migrations


class Migration(migrations.Migration):
    """A rank that was told never changes; those told before there were ranks get one, by number."""

    dependencies = [("calls", "0031_add_reserve")]

    operations = [
        migrations.RunSQL(
            sql="""
                INSERT INTO calls_reserve (call_id)
                    SELECT DISTINCT call_id FROM calls_application
                    WHERE status = 'reserve' AND notified_at IS NOT NULL;
                INSERT INTO calls_reserveplace (reserve_id, application_id, rank, frozen_at)
                    SELECT calls_reserve.id, calls_application.id,
                        row_number() OVER (
                            PARTITION BY calls_reserve.id ORDER BY calls_application.id
                        ),
                        calls_application.notified_at
                    FROM calls_application JOIN calls_reserve USING (call_id)
                    WHERE status = 'reserve' AND notified_at IS NOT NULL;
            """,
            reverse_sql=migrations.RunSQL.noop,
            elidable=True,
        ),
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION refuse_rank_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'reserveplace_told_never_changes'
                        USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER reserveplace_told_never_changes
                    BEFORE UPDATE ON calls_reserveplace FOR EACH ROW
                    WHEN (OLD.frozen_at IS NOT NULL AND (
                        NEW.rank <> OLD.rank
                        OR NEW.reserve_id <> OLD.reserve_id
                        OR NEW.application_id <> OLD.application_id
                        OR NEW.frozen_at IS DISTINCT FROM OLD.frozen_at
                        OR OLD.promoted_at IS NOT NULL
                    ))
                    EXECUTE FUNCTION refuse_rank_change();
                CREATE TRIGGER reserveplace_told_never_goes
                    BEFORE DELETE ON calls_reserveplace FOR EACH ROW
                    WHEN (OLD.frozen_at IS NOT NULL)
                    EXECUTE FUNCTION refuse_rank_change();
            """,
            reverse_sql="""
                DROP TRIGGER reserveplace_told_never_goes ON calls_reserveplace;
                DROP TRIGGER reserveplace_told_never_changes ON calls_reserveplace;
                DROP FUNCTION refuse_rank_change();
            """,
        ),
    ]
