from django.db import migrations


class Migration(migrations.Migration):
    """The codes and personal links of before: what has left is not kept, what waits will not be."""

    dependencies = [("notifications", "0002_forget_secrets")]

    operations = [
        migrations.RunSQL(
            sql="""
                UPDATE notifications_message SET
                    secret = true,
                    body = CASE WHEN status IN ('sent', 'void') THEN '' ELSE body END,
                    url = CASE WHEN status IN ('sent', 'void') THEN '' ELSE url END
                WHERE notice LIKE 'accounts/%' OR notice IN (
                    'calls/approval_requested', 'calls/approval_awaited',
                    'calls/co_applicant_invited', 'calls/co_applicant_awaited'
                )
            """,
            reverse_sql=migrations.RunSQL.noop,
            elidable=True,
        )
    ]
