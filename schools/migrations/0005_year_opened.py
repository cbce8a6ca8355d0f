"""A school year that has begun before this release was opened without the page that guides through it (R-17.13)."""

from datetime import date
from typing import Any

from django.db import migrations, models
from django.db.models import F


def begun(apps: Any, schema_editor: Any) -> None:
    apps.get_model("schools", "AcademicYear").objects.filter(starts_on__lte=date.today()).update(opened_on=F("starts_on"))


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_succession")]

    operations = [
        migrations.AddField("academicyear", "opened_on", models.DateField(blank=True, editable=False, null=True)),
        migrations.RunPython(begun, migrations.RunPython.noop, elidable=True),
    ]
