"""Meetings and evaluations of placements in people's own calendars (R-18.3, P4, P6, P9)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from astcoord.core import calendars
from astcoord.core.calendars import Entry
from astcoord.core.roles import Role
from placements.placement.lifecycle import PLACEMENT_OPEN, ReviewKind
from placements.placement.models import Placement, PlannedReview
from staff.accounts.models import User

OWN_DAY = {ReviewKind.RESERVED_DAY: "time kept for review"}
"""Stands in the calendar as an outreach day already."""


def of(user: User, today: date) -> Iterator[Entry]:
    """Of the AST, the host's heads and the co-ordinator: preliminary meetings called, and dates fixed. Two queries."""
    mine, back = _concerning(user), today - calendars.BACK
    called = mine.filter(meeting_called_for__gte=back)
    called = called.select_related("post__user", "host").annotate(versions=Count("contracts"))
    for placement in called.order_by("meeting_called_for", "pk"):
        yield preliminary(placement, contracted=placement.versions > 0)
    reviews = PlannedReview.objects.filter(placement__in=mine.filter(status__in=PLACEMENT_OPEN), on__gte=back)
    for review in reviews.exclude(kind__in=OWN_DAY).select_related("placement__post__user", "placement__host"):
        yield fixed(review)


def preliminary(placement: Placement, *, contracted: bool = False) -> Entry:
    """The preliminary meeting, once it is called; called off with a placement that ends before it has a contract."""
    if placement.meeting_called_for is None:
        raise ValueError("no meeting has been called")
    return Entry(
        about=placement,
        what="preliminary",
        on=placement.meeting_called_for,
        title=f"Preliminary meeting: {placement.post.user.name} at {placement.host.name}",
        place=placement.meeting_place or placement.host.name,
        path=reverse("placements:placement_detail", args=[placement.pk]),
        cancelled=placement.status not in PLACEMENT_OPEN and not contracted,
    )


def fixed(review: PlannedReview) -> Entry:
    placement = review.placement
    return Entry(
        about=placement,
        what=f"{review.kind}-{review.on:%Y%m%d}",
        on=review.on,
        title=f"{review.get_kind_display()}: {placement.post.user.name} at {placement.host.name}",
        place=placement.host.name,
        path=reverse("placements:placement_detail", args=[placement.pk]),
    )


def _concerning(user: User) -> QuerySet[Placement]:
    if user.has_role(Role.COORDINATOR):
        return Placement.objects.all()
    mine = Q(post__user=user) if user.has_role(Role.AST) else Q(pk__in=[])
    return Placement.objects.filter(mine | Q(host__in=user.schools_as(Role.HEADTEACHER)))
