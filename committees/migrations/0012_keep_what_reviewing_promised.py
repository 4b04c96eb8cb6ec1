from django.db import migrations


POLICY = """
    CREATE FUNCTION refuse_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM committees_deliberation WHERE round_id = OLD.id) THEN
            RAISE EXCEPTION 'round_keeps_its_policy' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER round_keeps_its_policy
        BEFORE UPDATE OF reading, authors_named ON committees_round FOR EACH ROW
        WHEN ((OLD.reading, OLD.authors_named) IS DISTINCT FROM (NEW.reading, NEW.authors_named))
        EXECUTE FUNCTION refuse_policy_change();
"""
MASKING = """
    CREATE FUNCTION refuse_masking_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.approved_at IS NULL AND NEW.original_id = OLD.original_id
           AND NEW.deliberation_id = OLD.deliberation_id
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'masking_stays_approved' USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER masking_stays_approved BEFORE UPDATE OR DELETE ON committees_masking
        FOR EACH ROW EXECUTE FUNCTION refuse_masking_change();
"""
SNAPSHOT = """
    CREATE FUNCTION refuse_snapshot_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM committees_masking
                   WHERE deliberation_id = OLD.id AND approved_at IS NULL)
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'deliberation_keeps_its_snapshot' USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER deliberation_keeps_its_snapshot
        BEFORE UPDATE OF snapshot_id ON committees_deliberation FOR EACH ROW
        WHEN (OLD.snapshot_id IS DISTINCT FROM NEW.snapshot_id)
        EXECUTE FUNCTION refuse_snapshot_change();
"""
REMARK = """
    CREATE FUNCTION refuse_remark_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE moving text[] := ARRAY['text', 'withdrawn_at'];
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
           AND to_jsonb(NEW) - moving = to_jsonb(OLD) - moving
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'remark_is_written_once' USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER remark_is_written_once BEFORE UPDATE OR DELETE ON committees_remark
        FOR EACH ROW EXECUTE FUNCTION refuse_remark_change();
"""


def trigger(sql, name, table, function):
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {function}();")


class Migration(migrations.Migration):
    """A round keeps who reads what, a blind dossier what was approved, a remark its words."""

    dependencies = [("committees", "0011_account_for_blind_dossiers")]

    operations = [
        trigger(POLICY, "round_keeps_its_policy", "committees_round", "refuse_policy_change"),
        trigger(MASKING, "masking_stays_approved", "committees_masking", "refuse_masking_change"),
        trigger(
            SNAPSHOT,
            "deliberation_keeps_its_snapshot",
            "committees_deliberation",
            "refuse_snapshot_change",
        ),
        trigger(REMARK, "remark_is_written_once", "committees_remark", "refuse_remark_change"),
    ]
