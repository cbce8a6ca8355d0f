"""What evaluation looks at, instead of a yes or no to the four levels (R-11.6, R-11.7)."""

from typing import Any

from django.db import migrations, models


def levels_stay(apps: Any, schema_editor: Any) -> None:
    """Whoever evaluated on four levels still does. A policy is never edited, but here its words change, not what it says."""
    apps.get_model("core", "Policy").objects.filter(kirkpatrick=True).update(evaluation_model="levels")


def yes_again(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "Policy").objects.filter(evaluation_model="levels").update(kirkpatrick=True)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0025_secondment_settings"),
    ]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="evaluation_model",
            field=models.CharField(
                choices=[
                    ("objectives", "Objectives"),
                    ("results", "Objectives with results"),
                    ("levels", "Four levels with a logic model"),
                ],
                default="objectives",
                max_length=10,
            ),
        ),
        migrations.RunPython(levels_stay, yes_again),
        migrations.RemoveField(model_name="policy", name="kirkpatrick"),
    ]
