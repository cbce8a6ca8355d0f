"""What the days before a placement's first ask of its host head and its AST: the meeting, the papers, the talks."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse

from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from placements.papers.models import SharedDocument
from placements.placement.lifecycle import PLACEMENT_RUNNING, PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.placement.models import Placement
from staff.accounts.models import User

SHOWN = 10


def tasks(user: User, today: date) -> Iterable[Task]:
    """The preliminary meeting, papers to show (R-9.1), first talks to hold (R-8.2). Three queries for each role."""
    if user.has_role(Role.HEADTEACHER):
        hosted = Placement.objects.filter(host__in=user.schools_as(Role.HEADTEACHER))
        yield from _meetings(hosted, today)
        yield from _papers(hosted)
        yield from _talks(hosted, say("Arrange the first talk of the AST with each person"))
    if user.has_role(Role.AST):
        own = Placement.objects.filter(post__user=user)
        yield from _meetings(own, today)
        yield from _talks(own, "Hold the first talk with each person")


def _meetings(placements: QuerySet[Placement], today: date) -> Iterator[Task]:
    called = placements.filter(status=PlacementStatus.PLANNED, meeting_called_for__gte=today)
    for each in called.select_related("post__user", "host").order_by("meeting_called_for", "pk")[:SHOWN]:
        hint = f"{_who(each)}. {each.meeting_place}"
        yield Task("Come to the preliminary meeting", each.get_absolute_url(), due=each.meeting_called_for, hint=hint)


def _papers(hosted: QuerySet[Placement]) -> Iterator[Task]:
    """Papers with a day by which they were promised, neither uploaded nor seen yet."""
    asked = Q(papers__state=SharedDocument.State.OUTSTANDING, papers__due__isnull=False)
    found = hosted.filter(status__in=PLACEMENT_RUNNING).annotate(
        asked=Count("papers", filter=asked), by=Min("papers__due", filter=asked)
    )
    for each in found.filter(asked__gt=0).select_related("post__user", "host").order_by("by", "pk")[:SHOWN]:
        url = reverse("placements:papers", args=[each.pk])
        yield Task(say("Show the AST the papers asked for"), url, due=each.by, hint=_who(each), count=each.asked)


def _talks(placements: QuerySet[Placement], title: str) -> Iterator[Task]:
    """People whom the AST has not met alone, once the contract is out: there is a day to be ready by."""
    not_met = Q(supported__withdrew_on=None, supported__first_met_on=None, supported__pk__isnull=False)
    found = placements.filter(status__in=PLACEMENT_UNDER_CONTRACT).annotate(to_meet=Count("supported", filter=not_met))
    rows = found.filter(to_meet__gt=0).select_related("post__user", "host")
    for each in rows.order_by(F("starts_on").asc(nulls_last=True), "pk")[:SHOWN]:
        url = reverse("placements:circulation", args=[each.pk])
        yield Task(title, url, due=each.starts_on, hint=_who(each), count=each.to_meet)


def _who(placement: Placement) -> str:
    return f"{placement.post.user.name} at {placement.host.name}"
