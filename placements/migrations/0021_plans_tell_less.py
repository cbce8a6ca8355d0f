import re

from django.db import migrations

from astcoord.core import append_only

NEUTRAL = "Something in the request has to be settled first. The co-ordinator knows what."
AWAY = re.compile(r"(?P<before>)(?P<name>.+)(?P<after> away from \d.*)")
MORE_DAYS = re.compile(r"(?P<before>[\d.]+ more days? from )(?P<name>.+)(?P<after>)")
UNNAMED = re.compile(r"AST \d+|An AST")


def forget(apps, schema_editor):
    """What-ifs named ASTs, also those of whom not every reader of a plan may know: they name numbers now. That a line
    was refused for something in the request goes: there was mostly nothing else than a declaration (section G*)."""
    plans, posts = apps.get_model("placements", "Plan").objects, apps.get_model("staff", "Post").objects
    rows = plans.filter(kind="what_if").values_list("pk", "changes", "parent__offered")
    for pk, changes, offered in rows:
        names = list(posts.filter(pk__in=[int(post) for post in offered]).values_list("user__name", "pk"))
        told = [{**each, "text": without_name(each["text"], names)} for each in changes]
        if told != changes:
            plans.filter(pk=pk).update(changes=told)
    decisions = apps.get_model("placements", "PlanDecision").objects
    refused = decisions.filter(outcome="refused", reason__contains=NEUTRAL)
    kept = {pk: reason.replace(NEUTRAL, "").strip() for pk, reason in refused.values_list("pk", "reason")}
    if kept:
        with append_only.lifted(schema_editor.connection.alias, only="placements_plandecision"):
            decisions.filter(pk__in=[pk for pk, reason in kept.items() if not reason]).delete()
            for pk, reason in kept.items():
                decisions.filter(pk=pk).update(reason=reason)


def without_name(text, names):
    """The same change with the AST's number; without it where the name is nobody's now, or of two."""
    found = AWAY.fullmatch(text) or MORE_DAYS.fullmatch(text)
    if found is None or UNNAMED.fullmatch(found["name"]):
        return text
    theirs = [post for name, post in names if name == found["name"]]
    who = f"AST {theirs[0]}" if len(theirs) == 1 else "An AST"
    return f"{found['before']}{who}{found['after']}"


class Migration(migrations.Migration):

    dependencies = [
        ("placements", "0020_keys_hold_no_addresses"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
