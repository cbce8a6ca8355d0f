from django.db import migrations


def _readers(apps, address):
    """By which key a reader of this address is known now, the likeliest first; nobody is known twice."""
    User = apps.get_model("staff", "User")
    Supported = apps.get_model("placements", "SupportedStaff")
    School = apps.get_model("schools", "School")
    for model, column, words in (
        (User, "email", "{}"),
        (School, "email", "school:{}"),
        (School, "chair_email", "chair:{}"),
        (Supported, "email", "supported:{}"),
    ):
        for pk in model.objects.filter(**{f"{column}__iexact": address}).order_by("pk").values_list("pk", flat=True):
            yield words.format(pk)


def translate(apps, schema_editor):
    """Keys of messages ended in the reader's address, which outlived the reader. They end in the reader's key now, as
    those of new messages do, so that nothing that was sent is sent again; in the message's number where nobody, or
    more than one message, would have that key."""
    messages = apps.get_model("core", "Message").objects
    for pk, key in messages.filter(key__contains="@").order_by("pk").values_list("pk", "key"):
        before, _, address = key.rpartition(":")
        if "@" in before:
            before = ":".join(part for part in before.split(":") if "@" not in part)
        for reader in [*_readers(apps, address), f"reader {pk}"]:
            if not messages.filter(key=f"{before}:{reader}").exists():
                messages.filter(pk=pk).update(key=f"{before}:{reader}")
                break


def supported(apps, schema_editor):
    """Links to forms of evaluation: people supported are told apart from people with an account."""
    messages = apps.get_model("core", "Message").objects
    for pk, key in messages.filter(kind__startswith="evaluation-link-").values_list("pk", "key"):
        before, _, reader = key.rpartition(":")
        if reader.isdigit() and not before.endswith(":supported"):
            messages.filter(pk=pk).update(key=f"{before}:supported:{reader}")


class Migration(migrations.Migration):

    dependencies = [
        ("placements", "0019_plans_without_declarations"),
        ("core", "0014_documents_that_stand"),
        ("schools", "0006_own_address"),
        ("staff", "0009_merged_accounts"),
    ]

    operations = [
        migrations.RunPython(translate, migrations.RunPython.noop),
        migrations.RunPython(supported, migrations.RunPython.noop),
    ]
