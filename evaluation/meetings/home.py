"""What review meetings ask of people on their first page."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.wording import date_words, plural
from evaluation.meetings.models import MeetingAction
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY, ReviewKind
from placements.placement.models import Meeting, PlannedReview
from staff.accounts.models import User

SOON = timedelta(days=7)
BACK = timedelta(days=28)
AROUND = timedelta(days=7)
"""A meeting held so near to the planned day is the one that was planned†."""
SHOWN = 5


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=34)


def tasks(user: User, today: date) -> Iterator[Task]:
    """What was agreed and is due within a week; for co-ordinator and AST, planned meetings without a record."""
    mine = MeetingAction.objects.owned_by(user).due_by(today + SOON)
    found = mine.order_by().aggregate(count=Count("pk"), first=Min("due_on"), placement=Min("meeting__placement"))
    if count := found["count"]:
        url = reverse("evaluation:meetings", args=[mine.order_by("due_on").values_list("meeting__placement")[0][0]])
        title = f"Do what was agreed at a review meeting, and tick {plural(count, 'it', 'them')} off"
        yield Task(title, url, due=found["first"], count=count)
    if user.has_role(Role.COORDINATOR, Role.AST):
        yield from _unrecorded(user, today)


def _unrecorded(user: User, today: date) -> Iterator[Task]:
    held = Meeting.objects.filter(
        placement=OuterRef("placement"),
        kind=Meeting.Kind.REVIEW,
        held_on__gte=OuterRef("on") - AROUND,
        held_on__lte=OuterRef("on") + AROUND,
    )
    planned = PlannedReview.objects.filter(
        kind=ReviewKind.REVIEW_MEETING, on__range=(today - BACK, today), placement__status__in=PLACEMENT_UNDER_WAY
    )
    if not user.has_role(Role.COORDINATOR):
        planned = planned.filter(placement__post__user=user)
    for review in planned.filter(~Exists(held)).select_related("placement__post__user", "placement__host")[:SHOWN]:
        placement = review.placement
        url = reverse("evaluation:meeting_record", args=[placement.pk])
        hint = f"{placement.post.user.name} at {placement.host.name}, planned for {date_words(review.on)}"
        yield Task("Record the review meeting", url, due=review.on + AROUND, hint=hint)
