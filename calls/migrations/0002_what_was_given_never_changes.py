from django.db import migrations

from base.append_only import append_only


class Migration(migrations.Migration):
    """A receipt, a published form and a release plan never change."""

    dependencies = [("calls", "0001_initial")]

    operations = [
        append_only("calls_receipt"),
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION refuse_published_form_change() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    given record;
                    published boolean;
                BEGIN
                    IF TG_OP = 'DELETE' THEN given := OLD; ELSE given := NEW; END IF;
                    IF TG_TABLE_NAME = 'calls_formrevision' THEN
                        published := OLD.published_at IS NOT NULL;
                    ELSE
                        published := EXISTS (
                            SELECT 1 FROM calls_formrevision
                            WHERE id = given.revision_id AND published_at IS NOT NULL
                        );
                    END IF;
                    IF published THEN
                        RAISE EXCEPTION 'a published form never changes'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN given;
                END $$;
                CREATE TRIGGER published_form BEFORE UPDATE OR DELETE ON calls_formrevision
                    FOR EACH ROW EXECUTE FUNCTION refuse_published_form_change();
                CREATE TRIGGER published_form BEFORE INSERT OR UPDATE OR DELETE ON calls_question
                    FOR EACH ROW EXECUTE FUNCTION refuse_published_form_change();

                CREATE FUNCTION refuse_plan_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'a release plan never changes'
                        USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER unchanged_plan BEFORE UPDATE ON calls_approval FOR EACH ROW
                    WHEN ((OLD.application_id, OLD.manager_name, OLD.manager_email, OLD.plan_digest,
                           OLD.share_of_time, OLD.starts_on, OLD.months, OLD.conditions)
                          IS DISTINCT FROM
                          (NEW.application_id, NEW.manager_name, NEW.manager_email, NEW.plan_digest,
                           NEW.share_of_time, NEW.starts_on, NEW.months, NEW.conditions))
                    EXECUTE FUNCTION refuse_plan_change();
            """,
            reverse_sql="""
                DROP TRIGGER unchanged_plan ON calls_approval;
                DROP FUNCTION refuse_plan_change();
                DROP TRIGGER published_form ON calls_question;
                DROP TRIGGER published_form ON calls_formrevision;
                DROP FUNCTION refuse_published_form_change();
            """,
        ),
    ]
