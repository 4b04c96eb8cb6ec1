from django.db import migrations, models


COUNT = {"default": 0, "editable": False}
COPY = "UPDATE {table} SET entity_version = title_version, irritant_version = title_version"


class Migration(migrations.Migration):
    """Each field of the heading gets a version of its own, which starts from the common one."""

    dependencies = [("calls", "0018_index_words")]

    operations = [
        operation
        for model in ["application", "amendment"]
        for operation in [
            migrations.RenameField(model, "version", "title_version"),
            migrations.AddField(model, "entity_version", models.PositiveIntegerField(**COUNT)),
            migrations.AddField(model, "irritant_version", models.PositiveIntegerField(**COUNT)),
        ]
    ] + [
        migrations.RunSQL(COPY.format(table=f"calls_{model}"), migrations.RunSQL.noop)
        for model in ["application", "amendment"]
    ]
