"""What a placement has cost is entered, corrected and taken away (R-11.13)."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.wording import pounds
from astcoord.core.words import say
from evaluation.value import permissions, rules
from evaluation.value.models import PlacementCost
from placements.placement.models import Placement
from staff.accounts.models import User


@transaction.atomic
def enter(*, placement: Placement, amount: Decimal | None, covers: str, by: User) -> PlacementCost:
    """Say what it cost, or correct it; nothing is written where nothing changes."""
    locked = _lock(placement, by)
    said = " ".join(covers.split())
    refuse(rules.cost_problems(amount, said))
    held = PlacementCost.objects.filter(placement=locked).first()
    if held is not None and (held.amount, held.covers) == (amount, said):
        return held
    before = _told(held) if held else {}
    row = held or PlacementCost(placement=locked)
    row.amount, row.covers = amount, said
    row.entered_by, row.entered_on = by, today()
    row.save()
    verb = "changed" if held else "entered"
    audit.record(f"cost of a placement: {verb}", row, by=by, before=before, after=_told(row))
    return row


@transaction.atomic
def take_away(*, placement: Placement, by: User) -> None:
    """It was a mistake: the cost is not entered again."""
    locked = _lock(placement, by)
    held = PlacementCost.objects.filter(placement=locked).first()
    if held is None:
        raise Refused([Problem("The cost is not entered, or was taken away already", "", "R-11.13", "gone")])
    audit.record("cost of a placement: taken away", held, by=by, before=_told(held))
    held.delete()


def _told(row: PlacementCost) -> dict[str, Any]:
    return {"cost": pounds(row.amount), "what it covers": row.covers}


def _lock(placement: Placement, by: User) -> Placement:
    found = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if not permissions.keeps_cost(by, found):
        raise PermissionDenied(say("enter the cost of a placement"))
    return found
