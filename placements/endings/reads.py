"""What the end of a placement needs to know of its past."""

from datetime import date
from decimal import Decimal

from django.db.models import Max, Sum

from astcoord.core.models.history import Transition
from placements.days.lifecycle import DayStatus
from placements.placement.models import Placement


def last_move(placement: Placement) -> int:
    """Tells this end, or this return from one, apart from an earlier one of the same placement."""
    return Transition.objects.about(placement).order_by("-pk").values_list("pk", flat=True).first() or 0


def early_end(placement: Placement) -> Transition | None:
    """The move by which it ended early, with when it was recorded and from which state."""
    return Transition.objects.about(placement).filter(move="end_early").order_by("-pk").first()


def delivered(placement: Placement) -> tuple[Decimal, date | None]:
    """Days held, and the last of them."""
    done = placement.outreach_days.filter(status=DayStatus.DONE).aggregate(days=Sum("days"), last=Max("on"))
    return done["days"] or Decimal(0), done["last"]
