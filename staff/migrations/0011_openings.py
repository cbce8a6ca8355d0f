"""A post that a school opens has a row of its own, before anybody holds it (R-1.4)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0006_own_address"),
        ("staff", "0010_second_step_declined"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("enquiry", "Enquiry"),
                            ("discussed", "Discussed with the authority"),
                            ("approved", "Approved by governors"),
                            ("advertised", "Advertised"),
                            ("selected", "Candidate named"),
                            ("filled", "Filled"),
                            ("closed", "Closed"),
                        ],
                        default="enquiry",
                        max_length=12,
                    ),
                ),
                (
                    "governors_decided_on",
                    models.DateField(blank=True, null=True, verbose_name="governors decided on"),
                ),
                (
                    "governors_minute",
                    models.CharField(blank=True, max_length=60, verbose_name="minute of the governors’ decision"),
                ),
                ("responsible_for", models.CharField(blank=True, max_length=300)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="schools.school",
                        verbose_name="home school",
                    ),
                ),
            ],
            options={"ordering": ["school__name_key", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(governors_decided_on__isnull=True, governors_minute="", responsible_for="")
                | models.Q(governors_decided_on__isnull=False)
                & ~models.Q(governors_minute="")
                & ~models.Q(responsible_for=""),
                name="opening_decision_whole",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="opening",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="staff.opening",
            ),
        ),
    ]
