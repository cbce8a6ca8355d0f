from datetime import date

from django.db import migrations

ABANDONED = "abandon"


def reopen(apps, schema_editor):
    """A placement that did not begin gives its request back its place in the queue (R-20.13): also one that was
    closed before that was so, while the weeks that its school asked for are still to come."""
    transitions = apps.get_model("core", "Transition")
    gone = transitions.objects.filter(machine="placement", move=ABANDONED).values("about_id")
    placements = apps.get_model("placements", "Placement").objects.filter(
        pk__in=gone,
        status="closed",
        match__status="agreed",
        request__status="placed",
        request__wanted_until__gte=date.today(),
    )
    for placement in placements.select_related("match", "request"):
        _move(apps, placement.match, "match", "undo", "undone")
        _move(apps, placement.request, "request", "reopen", "under_review")
        placement.request.ending = placement.request.ending_note = ""
        placement.request.look_again_on = None
        placement.request.save(update_fields=["ending", "ending_note", "look_again_on"])


def _move(apps, row, machine, move, target):
    """As the gate does: the status, and the change beside it. By nobody."""
    types = apps.get_model("contenttypes", "ContentType").objects
    about_type, _ = types.get_or_create(app_label="placements", model=row._meta.model_name)
    apps.get_model("core", "Transition").objects.create(
        about_type=about_type,
        about_id=row.pk,
        machine=machine,
        move=move,
        source=row.status,
        target=target,
        reason="Its placement was closed before it began.",
    )
    row.status = target
    row.save(update_fields=["status"])


class Migration(migrations.Migration):

    dependencies = [
        ("placements", "0012_letters_by_name_key"),
        ("core", "0006_waive_serious_weaknesses"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(reopen, migrations.RunPython.noop)]
