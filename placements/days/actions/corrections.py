"""A day that has been held was on another date, or longer or shorter: a reversal and a new entry (R-10.8)."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.problems import Refused, refuse
from placements.days import ledger, permissions
from placements.days.lifecycle import DayStatus
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.reads.corrections import correction_problems, used
from placements.days.rules.time import DayUse
from placements.placement.models import Placement
from staff.accounts.models import User

Kind = LedgerEntry.Kind


@transaction.atomic
def correct_day(*, day: OutreachDay, on: date, days: Decimal, venue: str, by: User, why: str = "") -> OutreachDay:
    """Put right what a day that is done was, within the cap and the contract; Refused with the reasons if it cannot be.

    Also when the placement has ended meanwhile: what went back to the AST's year then follows what was really used.
    """
    if not permissions.can_plan_day(by, day):
        raise PermissionDenied("correct an outreach day")
    ledger.lock(day.placement.post)
    placement = Placement.objects.with_people().get(pk=day.placement_id)
    day = OutreachDay.objects.select_for_update(of=("self",)).select_related("placement__post__user").get(pk=day.pk)
    if day.status != DayStatus.DONE:
        raise Refused([gate.out_of_turn(day, "Correct the day")])
    use, before = DayUse(on, days), {"on": day.on, "days": day.days, "venue": day.venue}
    if before == {"on": on, "days": days, "venue": venue}:
        return day
    refuse(correction_problems(day, use))
    given_back = used(placement).given_back
    if DayUse(day.on, day.days) != use:
        for kind in (Kind.PLAN, Kind.DELIVERY):
            reason = f"corrected: {why}"[:250] if why else "corrected"
            ledger.write(kind, placement, -day.days, on=day.on, by=by, day=day, reason=reason)
            ledger.write(kind, placement, days, on=on, by=by, day=day, reason=reason)
    day.on, day.days, day.venue = on, days, venue
    day.save(update_fields=["on", "days", "venue"])
    after = {"on": on, "days": days, "venue": venue}
    audit.record("outreach day: corrected", day, by=by, reason=why, before=before, after=after)
    if given_back:
        ledger.set_days_under_contract(placement, used(placement).days, by=by, reason="a day was corrected")
    ledger.settle(placement, by=by)
    return day
