from django.db import migrations


CAPACITY = """
    -- Counts under the coach's row lock, so that two rows accepted at once see one another.
    -- A load only grows on a day when an assignment begins: those days are enough.
    CREATE FUNCTION refuse_overload() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        offer coaching_coach;
        days numeric;
        projects bigint;
    BEGIN
        SELECT * INTO offer FROM coaching_coach WHERE id = NEW.coach_id FOR NO KEY UPDATE;
        SELECT max(sums.days), max(sums.projects) INTO days, projects
        FROM coaching_coachassignment AS first
        CROSS JOIN LATERAL (
            SELECT sum(running.days_budget) AS days,
                count(DISTINCT running.project_id) AS projects
            FROM coaching_coachassignment AS running
            WHERE running.coach_id = NEW.coach_id
                AND running.status = 'accepted'
                AND running.starts_on <= greatest(first.starts_on, NEW.starts_on)
                AND running.ends_on > greatest(first.starts_on, NEW.starts_on)
        ) AS sums
        WHERE first.coach_id = NEW.coach_id
            AND first.status = 'accepted'
            AND first.starts_on < NEW.ends_on
            AND first.ends_on > NEW.starts_on;
        IF days > offer.days_per_month OR projects > offer.project_limit THEN
            RAISE EXCEPTION 'coach % has no room left', NEW.coach_id
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'coachassignment_fits_its_coach';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER fits_its_coach
        AFTER INSERT OR UPDATE OF status, coach_id, days_budget, starts_on, ends_on
        ON coaching_coachassignment
        FOR EACH ROW WHEN (NEW.status = 'accepted') EXECUTE FUNCTION refuse_overload();
"""

AUDIENCE = """
    CREATE FUNCTION refuse_wider_audience() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        widening CONSTANT text[] := ARRAY['author', 'coaches', 'team', 'project', 'public'];
    BEGIN
        IF array_position(widening, NEW.audience::text)
            > array_position(widening, OLD.audience::text)
            OR NEW.author_id <> OLD.author_id OR NEW.session_id <> OLD.session_id
        THEN
            RAISE EXCEPTION 'the audience of a note may only be narrowed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'note_is_never_widened';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER never_widened BEFORE UPDATE ON coaching_note
        FOR EACH ROW EXECUTE FUNCTION refuse_wider_audience();
"""


class Migration(migrations.Migration):
    """What no CHECK can say: a coach's room counts several rows, an audience has a past."""

    dependencies = [("coaching", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=CAPACITY,
            reverse_sql="DROP FUNCTION refuse_overload() CASCADE;",
        ),
        migrations.RunSQL(
            sql=AUDIENCE,
            reverse_sql="DROP FUNCTION refuse_wider_audience() CASCADE;",
        ),
    ]
