"""Teachers who may become ASTs, and what a profile says of roles and aims (R-2.22, R-3.5)."""

import astcoord.core.name_keys
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0006_own_address"),
        ("staff", "0017_teams"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="career_aims",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="post",
            name="former_roles",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.CreateModel(
            name="Aspirant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_key", astcoord.core.name_keys.NameKeyField(default="", editable=False, max_length=400)),
                ("name", models.CharField(max_length=150)),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("english", "English and literacy"),
                            ("mathematics", "Mathematics and numeracy"),
                            ("science", "Science"),
                            ("ict", "Information and communication technology"),
                            ("design", "Design and technology"),
                            ("languages", "Modern foreign languages"),
                            ("history", "History"),
                            ("geography", "Geography"),
                            ("re", "Religious education"),
                            ("citizenship", "Citizenship and PSHE"),
                            ("art", "Art and design"),
                            ("music", "Music"),
                            ("drama", "Drama"),
                            ("pe", "Physical education"),
                            ("business", "Business and vocational subjects"),
                            ("early_years", "Early years"),
                            ("sen", "Special educational needs and inclusion"),
                            ("eal", "English as an additional language"),
                            ("gifted", "Gifted and talented"),
                            ("behaviour", "Behaviour and classroom climate"),
                            ("assessment", "Assessment for learning"),
                            ("leadership", "Subject leadership"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "readiness",
                    models.CharField(
                        choices=[
                            ("now", "Ready to be assessed"),
                            ("soon", "Ready within a year"),
                            ("later", "Interested, not ready yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField(verbose_name="aspirant since")),
                ("note", models.CharField(blank=True, max_length=500)),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="put on the list on")),
                ("off_on", models.DateField(blank=True, null=True, verbose_name="taken off the list on")),
                (
                    "off_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("candidate", "Became a candidate for an AST post"),
                            ("withdrew", "Has withdrawn"),
                            ("not_now", "Is not put on the list now"),
                            ("moved", "No longer teaches here"),
                        ],
                        max_length=10,
                        verbose_name="taken off because",
                    ),
                ),
                ("off_note", models.CharField(blank=True, max_length=300, verbose_name="what else was said of it")),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aspirants",
                        to="staff.post",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aspirants", to="schools.school"
                    ),
                ),
            ],
            options={
                "ordering": ["name_key", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("off_because", ""), ("off_note", ""), ("off_on__isnull", True), ("post__isnull", True)
                            ),
                            models.Q(("off_on__isnull", False), models.Q(("off_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="aspirant_off_when_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post__isnull", True), ("off_because", "candidate"), _connector="OR"),
                        name="aspirant_post_of_a_candidate",
                    ),
                ],
            },
        ),
    ]
