import re

from django.db import migrations

ADDRESS = re.compile(r"[^\s:]+@[^\s:]+")


def forget(apps, schema_editor):
    """Messages whose readers were forgotten earlier kept the address in their key. A key stays one of its kind."""
    messages = apps.get_model("core", "Message").objects
    for pk, key in messages.filter(to_email="", key__contains="@").values_list("pk", "key"):
        messages.filter(pk=pk).update(key=ADDRESS.sub(f"reader {pk}", key))


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0006_waive_serious_weaknesses"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
