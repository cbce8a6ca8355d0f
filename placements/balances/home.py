"""ASTs' time that needs somebody's attention (R-4.6, N15)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Panel, Task
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import days_words, number
from astcoord.core.words import say
from astcoord.ui import navigation
from placements.balances.reads.alerts import alerts_of, for_everybody
from placements.days import ledger
from placements.days.rules.balance import Balance
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.posts.models import Post


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, panels=panels, order=60)
    for role in OFFICE:
        navigation.register(
            role, "Time alerts", "placements:time_alerts", order=56, hint="Slow starts, shortfalls, overdrawn years"
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """The AST's own and those of a school's ASTs, one by one; for the co-ordinator one task for all."""
    if user.has_role(Role.COORDINATOR):
        if count := len(for_everybody(today)):
            url = reverse("placements:time_alerts")
            yield Task(say("Look at ASTs’ time"), url, hint="Slow starts, shortfalls, overdrawn years", count=count)
        return
    schools = user.schools_as(Role.HEADTEACHER)
    if not (schools or user.has_role(Role.AST)):
        return
    posts = Post.objects.in_post(today).select_related("user", "home")
    mine = posts.filter(user=user) | posts.filter(home_id__in=schools)
    for found in alerts_of(mine.prefetch_related("home__statuses", "hours", "absences", "fundings"), today):
        url = reverse("placements:balance", args=[found.post.pk])
        hint = ", ".join(alert.title for alert in found.alerts)
        yield Task(f"Look at the time of {found.post.name}", url, hint=hint)


def panels(user: User, today: date) -> Iterator[Panel]:
    """A governor's: the year of each of the school's own ASTs in sums (R-13.3). Four queries at most."""
    schools = user.schools_as(Role.GOVERNOR)
    posts = list(Post.objects.in_post(today).filter(home_id__in=schools).select_related("user")) if schools else []
    if not posts:
        return
    balances = ledger.balances([post.pk for post in posts], calendar.year_on(today))
    links = [
        (f"{post.name}: {_sums(balances.get(post.pk, Balance()))}", reverse("placements:balance", args=[post.pk]))
        for post in posts
    ]
    yield Panel(say("This year’s outreach days of your school’s ASTs"), links=tuple(links))


def _sums(balance: Balance) -> str:
    used, planned = number(balance.delivered), number(balance.to_come)
    return f"{used} of {days_words(balance.budget)} used, {planned} planned"
