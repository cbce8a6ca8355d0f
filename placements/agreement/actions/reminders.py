"""What the worker looks after: placements that have become ready, and papers that are still outstanding."""

from datetime import date, timedelta

from astcoord.core.nightly import each
from placements.agreement import emails
from placements.agreement.actions.placements import activate_if_ready
from placements.agreement.rules.protocol import reminder_due
from placements.papers.models import SharedDocument
from placements.placement.lifecycle import PLACEMENT_RUNNING, PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import readers_of


def start_ready() -> int:
    """Start every signed placement of which nothing is missing any more (R-8.13); how many."""
    signed = Placement.objects.filter(status=PlacementStatus.SIGNED).with_people()
    return each(signed, lambda placement: not activate_if_ready(placement))


def remind_of_papers(today: date) -> int:
    """N11: ten and three days before the first day, once each, the kinds that are outstanding (R-9.2); how many."""
    soon = Placement.objects.filter(
        status__in=PLACEMENT_RUNNING, starts_on__range=(today, today + timedelta(days=10))
    ).with_people()
    return each(soon.prefetch_related("papers"), lambda placement: _remind(placement, today))


def _remind(placement: Placement, today: date) -> int:
    kinds = [p.get_kind_display() for p in placement.papers.all() if p.state == SharedDocument.State.OUTSTANDING]
    when = reminder_due(placement.starts_on, today) if placement.starts_on and kinds else 0
    return emails.remind_of_papers(placement, readers_of(placement, today), kinds, when) if when else 0
