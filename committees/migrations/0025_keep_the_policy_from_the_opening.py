from django.db import migrations


FUNCTION = """
    CREATE OR REPLACE FUNCTION refuse_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF %s THEN
            RAISE EXCEPTION 'round_keeps_its_policy' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
"""


class Migration(migrations.Migration):
    """A round keeps who reads what from its opening, which everybody knows, and not from its
    first dossier, which somebody may have to ignore."""

    dependencies = [("committees", "0024_freeze_reading_at_the_opening")]

    operations = [
        migrations.RunSQL(
            FUNCTION % "OLD.opens_at <= statement_timestamp()",
            FUNCTION % "EXISTS (SELECT 1 FROM committees_deliberation WHERE round_id = OLD.id)",
        ),
    ]
