from django.db import migrations, models


class Migration(migrations.Migration):
    """Policies of an earlier release did not ask for an inspector, and contracts signed under them stay whole."""

    dependencies = [("core", "0007_keys_without_addresses")]

    operations = [
        migrations.AddField("policy", "senior_inspector", models.BooleanField(default=False)),
        migrations.AlterField("policy", "senior_inspector", models.BooleanField(default=True)),
    ]
