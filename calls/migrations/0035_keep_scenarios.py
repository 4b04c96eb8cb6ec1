from base.append_only import append_only
from django.db import migrations


class Migration(migrations.Migration):
    """A scenario and the list that people settled after it are never written again."""

    dependencies = [("calls", "0034_add_scenario")]

    operations = [
        append_only("calls_scenario"),
        append_only("calls_shortlist"),
        append_only("calls_shortlistentry"),
    ]
