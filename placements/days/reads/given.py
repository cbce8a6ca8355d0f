"""Which placements came to a day."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement


def happened(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """`placements` without those that were closed before a day was given, here or before this system."""
    done = OutreachDay.objects.filter(status=DayStatus.DONE, placement=OuterRef("pk"))
    return placements.filter(~Q(status=PlacementStatus.CLOSED) | Q(days_before__gt=0) | Exists(done))


def has_happened(placement: Placement) -> bool:
    """Whether this one did. A query only where it is closed."""
    return placement.status != PlacementStatus.CLOSED or happened(Placement.objects.filter(pk=placement.pk)).exists()
