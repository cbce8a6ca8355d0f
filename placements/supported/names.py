"""Whose names stay out of history, messages and signed papers: those of the people supported (section G)."""

from placements.placement.models import Placement
from placements.requests.lifecycle import StaffKind
from placements.requests.models import RequestedStaff
from placements.supported.models import SupportedStaff

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
