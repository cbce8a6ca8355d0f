"""The decisions of posts that are there go to openings; a migration of its own, as PostgreSQL wants it."""

from django.db import migrations

DECISION = ("governors_decided_on", "governors_minute", "responsible_for")
EARLY = ("enquiry", "discussed", "approved", "advertised")


def open_them(apps, schema_editor):
    posts, openings = apps.get_model("staff", "Post"), apps.get_model("staff", "Opening")
    posts.objects.filter(status__in=EARLY).update(status="candidate")
    for post in posts.objects.exclude(governors_decided_on=None).order_by("pk"):
        decided = (
            post.governors_decided_on,
            post.governors_minute or "not recorded",
            post.responsible_for or "not recorded",
        )
        moved = post.moves.filter(done=True).order_by("on", "pk").first()
        status = "selected" if post.status in ("candidate", "booked", "passed") else "filled"
        post.opening = openings.objects.create(
            school_id=moved.left_id if moved else post.home_id, status=status, **dict(zip(DECISION, decided, strict=True))
        )
        post.save(update_fields=["opening"])


def close_them(apps, schema_editor):
    for post in apps.get_model("staff", "Post").objects.exclude(opening=None).select_related("opening"):
        for name in DECISION:
            setattr(post, name, getattr(post.opening, name))
        post.opening = None
        post.save(update_fields=[*DECISION, "opening"])
    apps.get_model("staff", "Opening").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("staff", "0011_openings")]

    operations = [migrations.RunPython(open_them, close_them)]
