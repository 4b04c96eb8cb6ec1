from django.db import migrations

from base.append_only import append_only


class Migration(migrations.Migration):
    """A condition never changes, and none is added to a decision that is told."""

    dependencies = [("committees", "0008_add_condition")]

    operations = [
        append_only("committees_condition"),
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION refuse_late_condition() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF EXISTS (SELECT FROM committees_decision
                               WHERE id = NEW.decision_id AND status = 'pending')
                    THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'a condition is written with its decision'
                        USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER written_with_its_decision BEFORE INSERT ON committees_condition
                    FOR EACH ROW EXECUTE FUNCTION refuse_late_condition();
            """,
            reverse_sql="""
                DROP TRIGGER written_with_its_decision ON committees_condition;
                DROP FUNCTION refuse_late_condition();
            """,
        ),
    ]
