from django.db import migrations, models


class Migration(migrations.Migration):
    """What was withdrawn before the portal noted it: from where it can only have been."""

    dependencies = [("calls", "0011_add_correction")]

    operations = [
        migrations.RunSQL(
            sql="""
                UPDATE calls_application SET withdrawn_from = CASE
                    WHEN deposited_at IS NULL THEN 'draft'
                    WHEN checked_at IS NULL THEN 'deposited'
                    WHEN EXISTS (
                        SELECT 1 FROM committees_deliberation AS examination
                        JOIN django_content_type AS kind ON kind.id = examination.subject_type_id
                        WHERE kind.app_label = 'calls' AND kind.model = 'application'
                            AND examination.subject_id = calls_application.id
                            AND examination.status = 'void'
                    ) THEN 'examined'
                    ELSE 'admissible'
                END
                WHERE status = 'withdrawn'
            """,
            reverse_sql=migrations.RunSQL.noop,
            elidable=True,
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_from', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_from', '')), _connector='OR'), name='application_withdrawn_at_when_withdrawn'),
        ),
    ]
