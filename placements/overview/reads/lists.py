"""What the lists of placements say beside the state: of one whose last day has passed, whose turn it is."""

from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from astcoord.core.wording import counted
from astcoord.core.words import say
from placements.days.models import OutreachDay
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_UNDER_WAY
from placements.placement.querysets import PlacementQuerySet


def with_turns(placements: PlacementQuerySet) -> Any:
    """Each with `unwritten`, how many of its days are neither written up nor called off; in the same query.

    Counted by the row: a join would group every placement by every column before the page is cut.
    """
    days = OutreachDay.objects.unwritten().filter(placement=OuterRef("pk")).order_by()
    many = days.values("placement").annotate(many=Count("pk")).values("many")
    unwritten = Coalesce(Subquery(many), 0, output_field=IntegerField())
    return placements.with_people().annotate(unwritten=unwritten)


def turn_words(placement: Any, today: date) -> str:
    """Nothing before the last day has passed; `placement` came from `with_turns`."""
    if placement.status not in PLACEMENT_OPEN or placement.ends_on is None or placement.ends_on >= today:
        return ""
    if placement.status not in PLACEMENT_UNDER_WAY:
        return say("Past its last day and not begun: the co-ordinator decides")
    if placement.unwritten:
        return f"Past its last day: {say('the AST')} writes up {counted(placement.unwritten, 'day')}"
    return say("Past its last day: the co-ordinator completes it")
