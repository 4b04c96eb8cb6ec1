from django.db import migrations

from base.append_only import append_only


class Migration(migrations.Migration):
    """What a constraint of one row cannot say: terms follow one another, corrections stay at home."""

    dependencies = [("projects", "0001_initial")]

    operations = [
        append_only("projects_phasechange"),
        migrations.RunSQL(
            sql="""
                ALTER TABLE projects_phasechange
                    ADD CONSTRAINT phasechange_known_with_its_project UNIQUE (id, project_id),
                    ADD CONSTRAINT phasechange_corrected_in_its_project
                        FOREIGN KEY (supersedes_id, project_id)
                        REFERENCES projects_phasechange (id, project_id);
            """,
            reverse_sql="""
                ALTER TABLE projects_phasechange
                    DROP CONSTRAINT phasechange_corrected_in_its_project,
                    DROP CONSTRAINT phasechange_known_with_its_project;
            """,
        ),
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION projects_term_follows() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE expected date;
                BEGIN
                    IF NEW.number = 1 THEN
                        SELECT anchor INTO expected FROM projects_project WHERE id = NEW.project_id;
                    ELSE
                        SELECT ends_on INTO expected FROM projects_term
                            WHERE project_id = NEW.project_id AND number = NEW.number - 1;
                    END IF;
                    IF expected IS DISTINCT FROM NEW.starts_on THEN
                        RAISE EXCEPTION 'term_follows_the_one_before'
                            USING ERRCODE = 'restrict_violation',
                                  CONSTRAINT = 'term_follows_the_one_before';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER term_follows_the_one_before
                    BEFORE INSERT OR UPDATE OF starts_on, number, project_id ON projects_term
                    FOR EACH ROW EXECUTE FUNCTION projects_term_follows();
            """,
            reverse_sql="""
                DROP TRIGGER term_follows_the_one_before ON projects_term;
                DROP FUNCTION projects_term_follows();
            """,
        ),
    ]
