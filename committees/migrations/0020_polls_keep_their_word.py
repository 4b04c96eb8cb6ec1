from django.db import migrations


STATUS = """
    CREATE FUNCTION poll_is(wanted text, secrecy boolean, ballot bigint, contest bigint)
    RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT 1 FROM committees_ballot
                       WHERE id = ballot AND status = wanted AND secret = COALESCE(secrecy, secret))
            OR EXISTS (SELECT 1 FROM committees_contest
                       WHERE id = contest AND status = wanted AND secret = COALESCE(secrecy, secret))
    $$;
"""

CONTEST = """
    CREATE FUNCTION refuse_contest_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE moving text[] := ARRAY['status', 'opened_at', 'opened_by_id', 'closed_at', 'cancellation'];
    BEGIN
        IF OLD.status = 'prepared' THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - moving = to_jsonb(OLD) - moving THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a contest keeps its question and its rules from its opening'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_rules BEFORE UPDATE OR DELETE ON committees_contest
        FOR EACH ROW EXECUTE FUNCTION refuse_contest_change();
"""

CANDIDATE = """
    CREATE FUNCTION refuse_candidate_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND poll_is('prepared', NULL, NULL, NEW.contest_id) THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' AND poll_is('prepared', NULL, NULL, OLD.contest_id) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a contest keeps its candidates from its opening'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_candidates BEFORE INSERT OR UPDATE OR DELETE ON committees_candidate
        FOR EACH ROW EXECUTE FUNCTION refuse_candidate_change();
"""

ELECTOR = """
    CREATE FUNCTION refuse_elector_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND poll_is('prepared', NULL, NEW.ballot_id, NEW.contest_id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a poll keeps its electors from its opening'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_electors BEFORE INSERT OR UPDATE OR DELETE ON committees_elector
        FOR EACH ROW EXECUTE FUNCTION refuse_elector_change();
"""

ROLL = """
    CREATE FUNCTION refuse_roll_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        marked bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.elector_id ELSE NEW.elector_id END;
    BEGIN
        IF TG_OP <> 'UPDATE' AND EXISTS (
            SELECT 1 FROM committees_elector
            WHERE id = marked AND poll_is('open', TRUE, ballot_id, contest_id)
        ) THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a roll is marked only while its secret vote is open'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_roll BEFORE INSERT OR UPDATE OR DELETE ON committees_rollmark
        FOR EACH ROW EXECUTE FUNCTION refuse_roll_change();
"""

URN = """
    CREATE FUNCTION refuse_urn_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND poll_is('prepared', TRUE, NEW.ballot_id, NEW.contest_id) THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'counts' = to_jsonb(OLD) - 'counts'
           AND poll_is('open', TRUE, OLD.ballot_id, OLD.contest_id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'an urn is filled only while its secret vote is open'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_urn BEFORE INSERT OR UPDATE OR DELETE ON committees_urn
        FOR EACH ROW EXECUTE FUNCTION refuse_urn_change();
"""

PAPER = """
    CREATE FUNCTION refuse_paper_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'DELETE' AND poll_is('open', FALSE, NULL, NEW.contest_id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a paper changes only while its open contest is'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_papers BEFORE INSERT OR UPDATE OR DELETE ON committees_paper
        FOR EACH ROW EXECUTE FUNCTION refuse_paper_change();
    CREATE FUNCTION refuse_paper_line_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        written bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.paper_id ELSE NEW.paper_id END;
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.neutralised_at IS NULL AND NEW.neutralised_at IS NOT NULL
           AND to_jsonb(NEW) - 'neutralised_at' = to_jsonb(OLD) - 'neutralised_at'
        THEN RETURN NEW; END IF;
        IF EXISTS (SELECT 1 FROM committees_paper
                   WHERE id = written AND poll_is('open', FALSE, NULL, contest_id)) THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a paper changes only while its open contest is'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER frozen_lines BEFORE INSERT OR UPDATE OR DELETE ON committees_paperline
        FOR EACH ROW EXECUTE FUNCTION refuse_paper_line_change();
"""

VOTE = """
    CREATE OR REPLACE FUNCTION refuse_vote_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.neutralised_at IS NULL AND NEW.neutralised_at IS NOT NULL
           AND to_jsonb(NEW) - 'neutralised_at' = to_jsonb(OLD) - 'neutralised_at'
        THEN RETURN NEW; END IF;
        IF TG_OP <> 'DELETE' AND EXISTS (
            SELECT 1 FROM committees_ballot WHERE id = NEW.ballot_id AND status = 'open'{kept}
        ) THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a vote changes only while its ballot is open'
            USING ERRCODE = 'restrict_violation';
    END $$;
"""


def kept(table, trigger, function):
    return f"DROP TRIGGER {trigger} ON committees_{table}; DROP FUNCTION {function}();"


class Migration(migrations.Migration):
    """From its opening a poll keeps its rules, its candidates, its electors; from its end, its
    papers, its roll and its urn. A secret one has no votes by name.
    """

    dependencies = [("committees", "0019_enrol_electors_of_open_ballots")]

    operations = [
        migrations.RunSQL(STATUS, "DROP FUNCTION poll_is(text, boolean, bigint, bigint);"),
        migrations.RunSQL(CONTEST, kept("contest", "frozen_rules", "refuse_contest_change")),
        migrations.RunSQL(
            CANDIDATE, kept("candidate", "frozen_candidates", "refuse_candidate_change")
        ),
        migrations.RunSQL(ELECTOR, kept("elector", "frozen_electors", "refuse_elector_change")),
        migrations.RunSQL(ROLL, kept("rollmark", "frozen_roll", "refuse_roll_change")),
        migrations.RunSQL(URN, kept("urn", "frozen_urn", "refuse_urn_change")),
        migrations.RunSQL(
            PAPER,
            kept("paperline", "frozen_lines", "refuse_paper_line_change")
            + kept("paper", "frozen_papers", "refuse_paper_change"),
        ),
        migrations.RunSQL(VOTE.format(kept=" AND NOT secret"), VOTE.format(kept="")),
    ]
