from django.db import migrations


class Migration(migrations.Migration):
    """The applications of which a project began already: no way back."""

    dependencies = [("projects", "0005_follow_conditions"), ("calls", "0031_add_reserve")]

    operations = [
        migrations.RunSQL(
            sql="""
                UPDATE calls_application SET engaged_at = statement_timestamp()
                FROM projects_project
                WHERE projects_project.application_id = calls_application.id;
            """,
            reverse_sql=migrations.RunSQL.noop,
            elidable=True,
        ),
    ]
