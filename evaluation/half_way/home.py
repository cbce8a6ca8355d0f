"""What half-way reviews ask of people on their first page, and where they stand in the menu."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui import navigation
from evaluation.half_way.lifecycle import Decision, Side
from evaluation.half_way.models import HalfWayReview
from evaluation.half_way.querysets import HalfWayQuerySet
from staff.accounts.models import User

CARRY_OUT: dict[str, str] = {
    Decision.END: "End what the half-way review decided to end",
    Decision.CHANGE: "Propose the change that the half-way review decided",
}


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=31)
    hint = say("How a placement goes when half of it has gone, and whether it goes on")
    for role in (*OFFICE, Role.CONSULTANT, Role.HEADTEACHER, Role.AST):
        navigation.register(
            role, "Half-way reviews", "evaluation:half_way_reviews", 53, hint=hint, setting="half_way_review"
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """What waits for this person's word or decision; one query for each, whatever the number of reviews."""
    asked = HalfWayReview.objects.asked()
    if user.has_role(Role.HEADTEACHER):
        hosted = asked.filter(host_at=None, placement__host__in=user.schools_as(Role.HEADTEACHER))
        yield from _task(hosted, say("Say how the AST’s work goes, half-way"), Side.HOST)
    if user.has_role(Role.AST):
        yield from _task(asked.filter(ast_at=None, placement__post__user=user), "Say how it goes, half-way", Side.AST)
    if user.has_role(Role.COORDINATOR):
        yield from _task(HalfWayReview.objects.to_decide(today), "Decide after the half-way review")
        for decision, title in CARRY_OUT.items():
            yield from _task(HalfWayReview.objects.not_carried_out(decision), title)


def _task(reviews: HalfWayQuerySet, title: str, side: str = "") -> Iterator[Task]:
    """One task for all of them: the one review's own page, or the list where there are several."""
    found = reviews.order_by().aggregate(count=Count("pk"), first=Min("due_on"), only=Min("placement"))
    if count := found["count"]:
        page = reverse("evaluation:half_way_view", args=[found["only"], side]) if side else ""
        one = page or reverse("evaluation:half_way", args=[found["only"]])
        url = one if count == 1 else reverse("evaluation:half_way_reviews")
        yield Task(title, url, due=found["first"], count=count)
