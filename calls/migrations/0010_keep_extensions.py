from django.db import migrations

from base.append_only import append_only


class Migration(migrations.Migration):
    """More time once given is never taken back."""

    dependencies = [("calls", "0009_add_extension")]

    operations = [append_only("calls_extension")]
