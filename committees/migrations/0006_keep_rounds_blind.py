from django.db import migrations


class Migration(migrations.Migration):
    """What was frozen for a round, with its people or without, holds for all of it."""

    dependencies = [("committees", "0005_add_blind_rounds")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION refuse_blind_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'round_stays_blind_or_not'
                        USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER round_stays_blind_or_not
                    BEFORE UPDATE OF blind ON committees_round FOR EACH ROW
                    WHEN (OLD.blind IS DISTINCT FROM NEW.blind)
                    EXECUTE FUNCTION refuse_blind_change();
            """,
            reverse_sql="""
                DROP TRIGGER round_stays_blind_or_not ON committees_round;
                DROP FUNCTION refuse_blind_change();
            """,
        ),
    ]
