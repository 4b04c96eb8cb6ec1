from django.db import migrations


class Migration(migrations.Migration):
    """A published grid, its criteria and its levels never change."""

    dependencies = [("committees", "0002_decisions_never_change")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION grid_is_published(wanted bigint) RETURNS boolean LANGUAGE sql AS $$
                    SELECT EXISTS (SELECT 1 FROM committees_grid
                                   WHERE id = wanted AND published_at IS NOT NULL)
                $$;
                CREATE FUNCTION refuse_published_grid_change() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE row record; published boolean;
                BEGIN
                    IF TG_OP = 'INSERT' THEN row := NEW; ELSE row := OLD; END IF;
                    IF TG_TABLE_NAME = 'committees_grid' THEN
                        published := row.published_at IS NOT NULL;
                    ELSIF TG_TABLE_NAME = 'committees_criterion' THEN
                        published := grid_is_published(row.grid_id);
                    ELSE
                        published := grid_is_published(
                            (SELECT grid_id FROM committees_criterion WHERE id = row.criterion_id));
                    END IF;
                    IF published THEN
                        RAISE EXCEPTION 'a published grid never changes'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER published_grid BEFORE UPDATE OR DELETE ON committees_grid
                    FOR EACH ROW EXECUTE FUNCTION refuse_published_grid_change();
                CREATE TRIGGER published_grid BEFORE INSERT OR UPDATE OR DELETE
                    ON committees_criterion
                    FOR EACH ROW EXECUTE FUNCTION refuse_published_grid_change();
                CREATE TRIGGER published_grid BEFORE INSERT OR UPDATE OR DELETE
                    ON committees_level
                    FOR EACH ROW EXECUTE FUNCTION refuse_published_grid_change();
            """,
            reverse_sql="""
                DROP TRIGGER published_grid ON committees_level;
                DROP TRIGGER published_grid ON committees_criterion;
                DROP TRIGGER published_grid ON committees_grid;
                DROP FUNCTION refuse_published_grid_change();
                DROP FUNCTION grid_is_published(bigint);
            """,
        )
    ]
