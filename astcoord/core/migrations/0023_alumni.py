from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0022_retention_failures'),
    ]

    operations = [
        migrations.AddField(
            model_name='policy',
            name='alumni',
            field=models.BooleanField(default=False),
        ),
    ]
