"""What the people supported ask of heads and of the co-ordinator: confirmations that are missing, nobody left."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from placements.placement.lifecycle import PLACEMENT_BEFORE_CONTRACT, PLACEMENT_OPEN, PlacementStatus
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from staff.accounts.models import User

SHOWN = 10


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=25)


def tasks(user: User, today: date) -> Iterable[Task]:
    """A head: who has not confirmed (R-6.11). The co-ordinator: placements with nobody left (R-6.12)."""
    people = SupportedStaff.objects.filter(placement=OuterRef("pk"))
    here = people.taking_part()
    joining = people.filter(withdrew_on=None, joining=True, confirmed_at=None)
    if user.has_role(Role.HEADTEACHER):
        hosted = Placement.objects.filter(host__in=user.schools_as(Role.HEADTEACHER))
        waiting = hosted.filter(
            Q(Exists(here.filter(confirmed_at=None)), status__in=PLACEMENT_BEFORE_CONTRACT)
            | Q(Exists(people.owing_a_yes()) | Q(Exists(joining)), status__in=PLACEMENT_OPEN)
        )
        called = waiting.exclude(status=PlacementStatus.PLANNED, meeting_called_for=None)
        yield from _each(called, "Get the confirmation of everybody supported")
    if user.has_role(Role.COORDINATOR):
        empty = Placement.objects.filter(Exists(people), ~Exists(here), status__in=PLACEMENT_OPEN)
        yield from _each(empty, "Decide what happens: nobody is left to be supported")


def _each(placements: QuerySet[Placement], title: str) -> Iterator[Task]:
    """A task for each, the soonest first; one query."""
    rows = placements.select_related("post__user", "host").order_by(F("starts_on").asc(nulls_last=True), "pk")
    for placement in rows[:SHOWN]:
        hint = f"{placement.post.user.name} at {placement.host.name}"
        url = reverse("placements:supported_people", args=[placement.pk])
        yield Task(title, url, due=placement.starts_on, hint=hint)
