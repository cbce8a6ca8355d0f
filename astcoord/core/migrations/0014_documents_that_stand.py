from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0013_message_cancelled_at")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="stands",
            field=models.BooleanField(default=False, verbose_name="people sign it, so that its words stand for ever"),
        ),
    ]
