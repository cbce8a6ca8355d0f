"""Several days of a placement move or are called off in one go; the contract's weekday with them (R-20.5)."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core.clock import today
from astcoord.core.problems import refuse
from placements.changes.actions import asking
from placements.changes.models import Amendment
from placements.days import ledger
from placements.days.actions.several import rearrange
from placements.days.models import OutreachDay
from placements.days.permissions import can_plan_day
from placements.placement.models import Placement
from placements.rearranging import reads, rules
from staff.accounts.models import User


@transaction.atomic
def move_days(
    *, placement: Placement, moves: Mapping[int, date], by: User, amend_to: int | None = None, reason: str = ""
) -> Amendment | None:
    """Put days (by id) on their new dates, all or none; everybody concerned gets one message.

    With `amend_to` a change of the contract's weekday is prepared, which goes the way of every change (R-8.12): it is
    returned, for whoever asked to send.
    """
    if not can_plan_day(by, placement):
        raise PermissionDenied("move outreach days")
    ledger.lock(placement.post)
    refuse(rules.nothing_moves(moves))
    days = {day.pk: day for day in reads.to_come(placement, today()).filter(pk__in=moves)}
    refuse(rules.gone_meanwhile(moves, days))
    moved = {days[pk]: on for pk, on in moves.items()}
    rearrange(called_off=[], moved=moved, side=OutreachDay.CancelledBy.AST, reason="", by=by)
    if amend_to is None:
        return None
    return asking.propose_change(placement=placement, by=by, reason=reason, weekday=amend_to)
