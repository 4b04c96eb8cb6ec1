from django.db import migrations


def refusing(table, tombstone):
    """The trigger of an append-only table that lets one thing through: this tombstone."""
    name = f"refuse_change_of_{table}"
    return migrations.RunSQL(
        sql=f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF current_setting('journal.erasing', true)
                       = OLD.subject_type_id || ':' || OLD.subject_id AND {tombstone} THEN
                        RETURN NEW;
                    END IF;
                END IF;
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END $$;
            DROP TRIGGER append_only ON {table};
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """,
        reverse_sql=f"""
            DROP TRIGGER append_only ON {table};
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            DROP FUNCTION {name}();
        """,
    )


EVENT = """
    OLD.kept_digest = '' AND NEW.kept_digest <> ''
    AND (NEW.id, NEW.subject_type_id, NEW.subject_id, NEW.verb, NEW.at, NEW.recorded_at)
      = (OLD.id, OLD.subject_type_id, OLD.subject_id, OLD.verb, OLD.at, OLD.recorded_at)
"""
SNAPSHOT = """
    OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
    AND (NEW.id, NEW.subject_type_id, NEW.subject_id, NEW.digest, NEW.taken_at)
      = (OLD.id, OLD.subject_type_id, OLD.subject_id, OLD.digest, OLD.taken_at)
"""


class Migration(migrations.Migration):
    """What is erased keeps its digest and its dates; constraints say what a tombstone holds."""

    dependencies = [("journal", "0003_add_tombstones")]

    operations = [refusing("journal_event", EVENT), refusing("journal_snapshot", SNAPSHOT)]
