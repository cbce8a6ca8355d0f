"""How many ASTs the authority wants to have, by when, and of which subject first (R-14.4)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0023_alumni"),
    ]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="target",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="policy",
            name="target_counts",
            field=models.CharField(
                choices=[
                    ("altogether", "ASTs altogether"),
                    ("more", "more than there were when this was decided"),
                ],
                default="altogether",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="target_by",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="policy",
            name="target_subject",
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
