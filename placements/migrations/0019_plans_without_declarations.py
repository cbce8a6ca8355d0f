from django.db import migrations

from astcoord.core import append_only

DECLARED = "somebody in serious difficulty, and a person named"
MISSING = "The statement that the aims are realistic is missing."
OF_THE_REQUEST = (DECLARED, "Somebody to be supported is in difficulty", "Not allowed by the authority’s policy")
NEUTRAL = "Something in the request has to be settled first. The co-ordinator knows what."


def forget(apps, schema_editor):
    """Plans kept why a request was left out or a line refused, also where that was what a headteacher had declared of
    a person (section G*). The statement that is missing may be missing because of that: it goes as well."""
    plans = apps.get_model("placements", "Plan").objects
    for pk, left_out in plans.exclude(left_out=[]).values_list("pk", "left_out"):
        kept = [[request, why] for request, why in left_out if DECLARED not in why and why != MISSING]
        if kept != left_out:
            plans.filter(pk=pk).update(left_out=kept)
    decisions = apps.get_model("placements", "PlanDecision").objects
    refused = decisions.filter(outcome="refused").values_list("pk", "reason")
    told = [pk for pk, reason in refused if any(words in reason for words in OF_THE_REQUEST)]
    if told:
        with append_only.lifted(schema_editor.connection.alias, only="placements_plandecision"):
            decisions.filter(pk__in=told).update(reason=NEUTRAL)


class Migration(migrations.Migration):

    dependencies = [
        ("placements", "0018_contracts_stand"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
