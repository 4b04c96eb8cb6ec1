from django.db import migrations


class Migration(migrations.Migration):
    """A receipt never changes, save to forget its depositor while its application is erased."""

    dependencies = [("calls", "0025_add_erasure"), ("journal", "0004_let_erasure_through")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION refuse_change_of_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    said calls_receipt;
                BEGIN
                    IF TG_OP = 'UPDATE' THEN
                        said := OLD;
                        said.depositor := '';
                        said.deposited_by_id := NULL;
                        IF NEW = said AND current_setting('journal.erasing', true) = (
                            SELECT id || ':' || OLD.application_id FROM django_content_type
                            WHERE app_label = 'calls' AND model = 'application'
                        ) THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                        USING ERRCODE = 'restrict_violation';
                END $$;
                DROP TRIGGER append_only ON calls_receipt;
                CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON calls_receipt
                    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_receipt();
            """,
            reverse_sql="""
                DROP TRIGGER append_only ON calls_receipt;
                CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON calls_receipt
                    FOR EACH ROW EXECUTE FUNCTION refuse_change();
                DROP FUNCTION refuse_change_of_receipt();
            """,
        )
    ]
