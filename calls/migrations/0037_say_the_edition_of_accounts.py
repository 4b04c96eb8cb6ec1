from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calls", "0036_respect_typography_of_answers")]

    operations = [
        # Every letter that is already there tells no contest: see `committees.account.EDITION`.
        migrations.AddField(
            model_name="letter",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
            preserve_default=False,
        )
    ]
