"""Whose names stay out of history, messages and signed papers: those of the people supported (section G)."""

from collections.abc import Iterable

from astcoord.core import protected
from placements.models import (
    ContractVersion,
    Match,
    OutreachDay,
    OutreachRequest,
    Placement,
    RequestedStaff,
    SupportedStaff,
)
from placements.models.requests import StaffKind

REMOVED = "Name removed"
"""What stands where a name stood; a number follows, so that two people stay two people."""


def of_request(request_id: int) -> list[str]:
    """Everybody named in a request or in the placements that came of it; one query. A group's box names nobody."""
    asked = RequestedStaff.objects.filter(request=request_id).exclude(kind=StaffKind.GROUP)
    placed = SupportedStaff.objects.filter(placement__request=request_id).exclude(kind=StaffKind.GROUP)
    names = asked.order_by().values_list("name", flat=True).union(placed.order_by().values_list("name", flat=True))
    return [name for name in names if not name.startswith(REMOVED)]


def of_placement(placement: Placement) -> list[str]:
    """The people of a placement, and of the request behind it."""
    return of_request(placement.request_id)


def _of_version(version: ContractVersion) -> Iterable[str]:
    return of_placement(version.placement)


def register() -> None:
    """Called when the software starts."""
    protected.register(OutreachRequest, lambda request: of_request(request.pk))
    protected.register(Match, lambda match: of_request(match.request_id))
    protected.register(Placement, of_placement)
    protected.register(OutreachDay, lambda day: of_placement(day.placement))
    protected.register(ContractVersion, _of_version)
