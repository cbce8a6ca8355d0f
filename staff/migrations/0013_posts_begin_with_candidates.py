from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0012_decisions_stand_at_openings")]

    operations = [
        migrations.RemoveField(model_name="post", name="governors_decided_on"),
        migrations.RemoveField(model_name="post", name="governors_minute"),
        migrations.RemoveField(model_name="post", name="responsible_for"),
        migrations.AlterField(
            model_name="post",
            name="status",
            field=models.CharField(
                choices=[
                    ("candidate", "Candidate"),
                    ("seconded", "Seconded, not yet assessed"),
                    ("booked", "Assessment booked"),
                    ("passed", "Passed"),
                    ("in_post", "In post"),
                    ("left", "Left"),
                    ("closed", "Closed"),
                ],
                default="candidate",
                max_length=12,
            ),
        ),
    ]
