"""What the first page asks of each person on this floor: a handful of counts, whatever the number of rows."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Panel, Task
from astcoord.core.roles import OFFICE, Role
from astcoord.core.week import OVERDUE, due_within
from astcoord.core.wording import date_words, plural
from astcoord.core.words import say, say_later
from evaluation.reviews.lifecycle import ReviewStatus
from evaluation.reviews.models import ImpactReview
from evaluation.summaries.reads.placements import summarised
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.days.reads.records import due_by, due_on, within_words
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from staff.accounts.models import User

AHEAD = timedelta(days=28)
SHOWN = 3
NO_SUMMARY = say_later(
    "There is no summary yet. When an AST works with your school, you can read here what the work is for, how many "
    "days it takes and what has come of it."
)


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, panels=panels, order=30)


def tasks(user: User, today: date) -> Iterator[Task]:
    """By role; nothing that is empty."""
    if user.has_role(Role.AST):
        yield from _of_ast(user, today)
    if user.has_role(Role.HEADTEACHER):
        yield from _of_head(user, today)
    if user.has_role(Role.COORDINATOR):
        yield from _of_coordinator(user, today)


def panels(user: User, today: date) -> Iterator[Panel]:
    """Governors' placements, and the office's figures."""
    if user.has_role(Role.AST):
        yield from _next_days(user, today)
    if user.has_role(Role.GOVERNOR):
        yield from _for_governor(user)
    if user.has_role(*OFFICE, Role.OFFICER):
        late = due_within(OutreachDay.objects.unwritten(), "on", OVERDUE, today, due_by).count()
        behind = ImpactReview.objects.overdue(today).count()
        yield Panel(
            "Diary and reviews",
            stats=(
                (
                    late,
                    f"{plural(late, 'day')} not written up {within_words(today)}",
                    f"{reverse('placements:day_list')}?due=overdue",
                    _red(late),
                ),
                (
                    behind,
                    f"{plural(behind, 'review')} overdue",
                    f"{reverse('evaluation:reviews')}?overdue=on",
                    _red(behind),
                ),
            ),
        )


def _next_days(user: User, today: date) -> Iterator[Panel]:
    """The days to come, and the way to put one in the diary; nothing before the first placement. Two queries."""
    if not Placement.objects.filter(post__user=user, status__in=PLACEMENT_UNDER_WAY).exists():
        return
    coming = OutreachDay.objects.to_come(today).filter(placement__post__user=user)
    links = [
        (
            f"{day.on:%A} {date_words(day.on)}, {day.placement.host.name}",
            reverse("evaluation:placement_diary", args=[day.placement_id]),
        )
        for day in coming.select_related("placement__host").order_by("on")[:SHOWN]
    ]
    action = ("Write up an outreach day", reverse("evaluation:write_up_choose"))
    yield Panel("Your outreach days", links=tuple(links), action=action)


def _for_governor(user: User) -> Iterator[Panel]:
    """The latest summaries by name, and the list where there are more; or what will stand here. One query."""
    found = list(summarised(Placement.objects.summarised_to(user)).select_related("host").order_by("-pk")[: SHOWN + 1])
    links = [
        (f"{each.get_subject_display()} at {each.host.name}", reverse("evaluation:summary", args=[each.pk]))
        for each in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        links.append(("All summaries", reverse("evaluation:summaries")))
    yield Panel("Summaries of outreach at your school", links=tuple(links), text="" if links else NO_SUMMARY)


def _of_ast(user: User, today: date) -> Iterator[Task]:
    days = OutreachDay.objects.not_logged(today).filter(placement__post__user=user)
    count, first, only = _count(days, "on")
    if count:
        title = f"Write up your outreach {plural(count, 'day')}"
        url = _page("write_up_day", only) or reverse("evaluation:diary")
        hint = f"{'On' if only else 'The first was on'} {date_words(first)}"
        yield Task(title, url, due=due_on(first, today), hint=hint, count=count)
    count, first, only = _count(ImpactReview.objects.with_ast().filter(placement__post__user=user), "due_on")
    if count:
        title = f"Write your impact {plural(count, 'review')}"
        yield Task(title, _page("review_write", only) or reverse("evaluation:reviews"), due=first, count=count)


def _of_head(user: User, today: date) -> Iterator[Task]:
    hosted = user.schools_as(Role.HEADTEACHER)
    reviews = ImpactReview.objects.filter(status=ReviewStatus.SUBMITTED, placement__host__in=hosted)
    count, first, only = _count(reviews, "due_on")
    if count:
        url = _page("review_comment", only) or f"{reverse('evaluation:reviews')}?status={ReviewStatus.SUBMITTED}"
        yield Task(say("Comment on the AST’s impact review"), url, due=first, count=count)
    soon = OutreachDay.objects.filter(
        status=DayStatus.PLANNED, on__range=(today, today + AHEAD), placement__host__in=hosted
    )
    count, first, _ = _count(soon, "on")
    if count:
        yield Task("Confirm outreach days at your school", reverse("placements:days_confirm"), due=first, count=count)


def _of_coordinator(user: User, today: date) -> Iterator[Task]:
    count, first, only = _count(ImpactReview.objects.filter(status=ReviewStatus.COMMENTED), "due_on")
    if count:
        url = _page("review_decide", only) or f"{reverse('evaluation:reviews')}?status={ReviewStatus.COMMENTED}"
        yield Task("Decide on impact reviews", url, due=first, count=count)


def _count(rows: QuerySet[Any], day: str) -> tuple[int, Any, int | None]:
    """How many, the earliest of a date, and which it is if there is one only; in one query."""
    found = rows.order_by().aggregate(count=Count("pk"), first=Min(day), any=Min("pk"))
    return found["count"], found["first"], found["any"] if found["count"] == 1 else None


def _page(name: str, only: int | None) -> str:
    """Where one thing waits, its own page and not a list of one."""
    return reverse(f"evaluation:{name}", args=[only]) if only else ""


def _red(count: int) -> str:
    return "red" if count else ""
