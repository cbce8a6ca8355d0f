"""ASTs' time that needs somebody's attention (R-4.6, N15)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import OFFICE, Role
from astcoord.ui import navigation
from placements.balances.reads.alerts import alerts_of, for_everybody
from staff.accounts.models import User
from staff.posts.models import Post


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=60)
    for role in OFFICE:
        navigation.register(
            role, "Time alerts", "placements:time_alerts", order=56, hint="Slow starts, shortfalls, overdrawn years"
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """The AST's own and those of a school's ASTs, one by one; for the co-ordinator one task for all."""
    if user.has_role(Role.COORDINATOR):
        if count := len(for_everybody(today)):
            url = reverse("placements:time_alerts")
            yield Task("Look at ASTs’ time", url, hint="Slow starts, shortfalls, overdrawn years", count=count)
        return
    schools = user.schools_as(Role.HEADTEACHER)
    if not (schools or user.has_role(Role.AST)):
        return
    posts = Post.objects.in_post(today).select_related("user", "home")
    mine = posts.filter(user=user) | posts.filter(home_id__in=schools)
    for found in alerts_of(mine.prefetch_related("home__statuses", "hours", "absences"), today):
        url = reverse("placements:balance", args=[found.post.pk])
        hint = ", ".join(alert.title for alert in found.alerts)
        yield Task(f"Look at the time of {found.post.name}", url, hint=hint)
