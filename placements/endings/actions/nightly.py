"""What the end of a placement does by dates, each step safe to repeat (R-16.4)."""

from datetime import date

from placements.endings import rules
from placements.endings.actions import completing
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement


def open_windows(today: date) -> int:
    """Open the final evaluation of every active placement whose last fortnight has begun; how many."""
    soon = Placement.objects.filter(status=PlacementStatus.ACTIVE, ends_on__lte=today + rules.WINDOW).with_people()
    for placement in soon:
        completing.open_final_evaluation(placement=placement, by=None)
    return len(soon)
