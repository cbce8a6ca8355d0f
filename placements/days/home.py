"""What the days to come ask of an AST (R-10.1, R-6.12), and of the co-ordinator when one class has many lessons
(R-6.5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from astcoord.core import calendars, home, policy, week
from astcoord.core.home import Task
from astcoord.core.problems import blocking
from astcoord.core.roles import OFFICE, Role
from astcoord.core.week import Daily, Kind
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.ui import navigation
from placements.days import dates
from placements.days.models import OutreachDay
from placements.days.querysets import DayQuerySet
from placements.days.reads.lessons import repeated
from placements.days.reads.parts import parts_of, with_parts
from placements.days.reads.records import due_by
from placements.days.rules.parts import plan_problems
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from staff.accounts.models import User

AHEAD = timedelta(days=28)
"""How far ahead the first page asks for plans†: as far as it asks headteachers to confirm days."""


UNWRITTEN = Kind(
    one="day not written up",
    many="days not written up",
    action="Open the day",
    rows=lambda user: of_office(user).unwritten(),
    due="on",
    later=due_by,
    page="placements:day_parts",
    listed="placements:day_list",
    school="placement__host__name",
    ast="placement__post__user__name",
    owner="placement__request__owner__name",
)
"""R-20.2: to be written up within a week, or as the policy says."""


def of_office(user: User) -> DayQuerySet:
    """All days for one of the office; none for others."""
    return OutreachDay.objects.all() if user.role_set & OFFICE else OutreachDay.objects.none()


VISITS = Daily(
    words="{ast} at {school}",
    many="visits",
    what="visits",
    rows=lambda user, first, last: of_office(user).counting().filter(on__range=(first, last)),
    page="placements:day_parts",
    ast="placement__post__user__name",
    school="placement__host__name",
)
"""R-20.2: who is where this week."""


def register() -> None:
    """What this room puts on the first page, in the menu and in people's calendars."""
    home.register(tasks=tasks, order=30)
    week.register(UNWRITTEN)
    week.register_days(VISITS)
    calendars.register(dates.of)
    hint = say("When your ASTs are away, to read and to print")
    navigation.register(Role.HEADTEACHER, "Days to cover", "placements:cover_dates", order=45, hint=hint)


def tasks(user: User, today: date) -> Iterator[Task]:
    """By role; nothing that is empty."""
    if user.has_role(Role.AST):
        yield from _of_ast(user, today)
    if user.has_role(Role.COORDINATOR):
        yield from _of_coordinator(today)


def _of_ast(user: User, today: date) -> Iterator[Task]:
    """Days without a plan, and those whose plan no longer holds. Four queries however many there are."""
    coming = OutreachDay.objects.to_come(today).filter(placement__post__user=user, on__lte=today + AHEAD)
    found = list(with_parts(coming.order_by("on")).prefetch_related("placement__supported"))
    yield from _days("Plan what happens on the day", "no plan yet", [day for day in found if not day.parts.all()])
    yield from _days("Mend the plan of a day", "a plan that no longer holds", [day for day in found if _broken(day)])


def _days(title: str, what: str, days: list[OutreachDay]) -> Iterator[Task]:
    """One task for all of them, which leads to the first."""
    if not days:
        return
    first, several = days[0], len(days) > 1
    when = f"{len(days)} days have {what}. The first is on" if several else "On"
    url = reverse("placements:day_parts_change", args=[first.pk])
    yield Task(title, url, due=first.on, hint=f"{when} {date_words(first.on)}", count=len(days) if several else None)


def _broken(day: OutreachDay) -> bool:
    """Only what would be refused today: warnings are no task. Who withdrew is left out of the parts already."""
    parts = parts_of(day)
    return bool(parts and blocking(plan_problems(parts, day, day.placement.supported.all())))


def _of_coordinator(today: date) -> Iterator[Task]:
    """One query for the policy, two for the placements."""
    under_way = Placement.objects.filter(status__in=PLACEMENT_UNDER_WAY)
    count = len({each.placement for each in repeated(under_way, policy.in_force(today).same_class_lessons)})
    if count:
        url = f"{reverse('placements:placement_list')}?repeated_lessons=on"
        hint = "The same class again and again: it may be supply"
        yield Task("Ask what repeated model lessons are for", url, hint=hint, count=count)
