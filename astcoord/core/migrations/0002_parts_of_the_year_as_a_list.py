"""The parts of an AST's year become a list of pairs: an object has no first name once PostgreSQL has stored it."""

from django.db import migrations, models

USUAL = ("LA deployment", "Networks and CPD", "Clusters and local", "Subject specialism and new learning")
"""The only parts that a preset ever stored, in their order; parts of other names stay as the database gives them."""


def as_pairs(parts):
    """`{"LA deployment": "24", …}` as `[["LA deployment", "24"], …]`; what is a list already stays."""
    if not isinstance(parts, dict):
        return parts
    known = [name for name in USUAL if name in parts]
    return [[name, parts[name]] for name in [*known, *(name for name in parts if name not in known)]]


def to_list(apps, schema_editor):
    for policy in apps.get_model("core", "Policy").objects.all():
        policy.budget_categories = as_pairs(policy.budget_categories)
        policy.save(update_fields=["budget_categories"])


def to_object(apps, schema_editor):
    for policy in apps.get_model("core", "Policy").objects.all():
        policy.budget_categories = dict(policy.budget_categories)
        policy.save(update_fields=["budget_categories"])


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="policy",
            name="budget_categories",
            field=models.JSONField(
                blank=True, default=list, help_text="Pairs of a name and its days in a year; the first is for deployment"
            ),
        ),
        migrations.RunPython(to_list, to_object),
    ]
