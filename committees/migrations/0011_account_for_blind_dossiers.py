from django.db import migrations


def account_for_blind_dossiers(apps, schema_editor):
    """Before this check existed, whoever planned a blind round answered for what it showed."""
    Deliberation = apps.get_model("committees", "Deliberation")
    Masking = apps.get_model("committees", "Masking")
    blind = Deliberation.objects.filter(round__blind=True, masking=None).select_related("round")
    Masking.objects.bulk_create(
        Masking(
            deliberation=deliberation,
            original_id=deliberation.snapshot_id,
            awaited_at=deliberation.prepared_at,
            approved_at=deliberation.prepared_at,
            approved_by_id=deliberation.round.created_by_id,
        )
        for deliberation in blind.iterator()
    )


class Migration(migrations.Migration):
    """The blind dossiers of before the check keep being read."""

    dependencies = [("committees", "0010_frame_reviewing")]

    operations = [
        migrations.RunPython(
            account_for_blind_dossiers, migrations.RunPython.noop, elidable=True
        ),
    ]
