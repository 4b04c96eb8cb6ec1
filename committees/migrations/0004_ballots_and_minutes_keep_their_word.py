from django.db import migrations

from base.append_only import append_only


BALLOT = """
    CREATE FUNCTION refuse_ballot_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE moving text[] := ARRAY['status', 'opened_at', 'opened_by_id', 'closed_at', 'cancellation'];
    BEGIN
        IF OLD.status = 'prepared' THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - moving = to_jsonb(OLD) - moving THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a ballot keeps its question and its rules from its opening'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_rules BEFORE UPDATE OR DELETE ON committees_ballot
        FOR EACH ROW EXECUTE FUNCTION refuse_ballot_change();
"""

VOTE = """
    CREATE FUNCTION refuse_vote_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.neutralised_at IS NULL AND NEW.neutralised_at IS NOT NULL
           AND to_jsonb(NEW) - 'neutralised_at' = to_jsonb(OLD) - 'neutralised_at'
        THEN RETURN NEW; END IF;
        IF TG_OP <> 'DELETE' AND EXISTS (
            SELECT 1 FROM committees_ballot WHERE id = NEW.ballot_id AND status = 'open'
        ) THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a vote changes only while its ballot is open'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_votes BEFORE INSERT OR UPDATE OR DELETE ON committees_vote
        FOR EACH ROW EXECUTE FUNCTION refuse_vote_change();
"""

MINUTES = """
    CREATE FUNCTION refuse_signed_minutes_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM committees_signature WHERE minutes_id = OLD.id) THEN
            RAISE EXCEPTION 'signed minutes never change' USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER frozen_minutes BEFORE UPDATE OR DELETE ON committees_minutes
        FOR EACH ROW EXECUTE FUNCTION refuse_signed_minutes_change();
"""


class Migration(migrations.Migration):
    """An open ballot keeps its rules, a closed one its votes, signed minutes every word."""

    dependencies = [("committees", "0003_published_grids_never_change")]

    operations = [
        migrations.RunSQL(
            BALLOT,
            "DROP TRIGGER frozen_rules ON committees_ballot; DROP FUNCTION refuse_ballot_change();",
        ),
        migrations.RunSQL(
            VOTE,
            "DROP TRIGGER frozen_votes ON committees_vote; DROP FUNCTION refuse_vote_change();",
        ),
        migrations.RunSQL(
            MINUTES,
            "DROP TRIGGER frozen_minutes ON committees_minutes;"
            " DROP FUNCTION refuse_signed_minutes_change();",
        ),
        append_only("committees_signature"),
    ]
