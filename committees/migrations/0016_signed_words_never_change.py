from django.db import migrations

from base.append_only import append_only


# What a signature on the minutes freezes with them: how each table finds those minutes.
WORDS = {
    "minutesamendment": "SELECT r.minutes_id",
    "dissent": (
        "SELECT m.id FROM committees_minutes m"
        " JOIN committees_agendaitem i ON i.sitting_id = m.sitting_id WHERE i.id = r.item_id"
    ),
}

FROZEN = """
    CREATE FUNCTION refuse_change_of_signed_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE r committees_{name};
    BEGIN
        IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
        IF EXISTS (SELECT 1 FROM committees_signature WHERE minutes_id IN ({minutes})) THEN
            RAISE EXCEPTION 'signed minutes never change' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN r;
    END $$;
    CREATE TRIGGER frozen_words BEFORE INSERT OR UPDATE OR DELETE ON committees_{name}
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_signed_{name}();
"""

RECTIFICATION = """
    CREATE FUNCTION refuse_signed_rectification_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM committees_rectificationsignature WHERE rectification_id = OLD.id
        ) THEN
            RAISE EXCEPTION 'a signed rectification never changes'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER frozen_rectification BEFORE UPDATE OR DELETE ON committees_rectification
        FOR EACH ROW EXECUTE FUNCTION refuse_signed_rectification_change();
"""


class Migration(migrations.Migration):
    """What is signed keeps its words: amendments and dissents of minutes, rectifications."""

    dependencies = [("committees", "0015_add_hearings_and_rectifications")]

    operations = [
        *[
            migrations.RunSQL(
                FROZEN.format(name=name, minutes=minutes),
                f"DROP TRIGGER frozen_words ON committees_{name};"
                f" DROP FUNCTION refuse_change_of_signed_{name}();",
            )
            for name, minutes in WORDS.items()
        ],
        migrations.RunSQL(
            RECTIFICATION,
            "DROP TRIGGER frozen_rectification ON committees_rectification;"
            " DROP FUNCTION refuse_signed_rectification_change();",
        ),
        append_only("committees_rectificationsignature"),
    ]
