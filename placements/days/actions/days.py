"""Outreach days: planned, moved, confirmed, delivered, cancelled. Each is an entry in the ledger (R-4.3, R-10.9).

Every writer first locks the AST's post, so of two days that would pass the weekly cap together one is refused.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from placements.days import emails, ledger, permissions
from placements.days.lifecycle import DAY_OPEN, DayStatus
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.reads.days import day_book
from placements.days.rules import days as days_rules
from placements.days.rules.time import DayUse
from placements.placement.models import Placement
from staff.accounts.models import User

Kind = LedgerEntry.Kind
Venue = OutreachDay.Venue


@dataclass(frozen=True)
class DayDetails:
    """When, how long and where."""

    on: date
    days: Decimal
    venue: str
    note: str = ""


@transaction.atomic
def plan_day(
    *, placement: Placement, on: date, days: Decimal, venue: str = Venue.HOST, note: str = "", by: User
) -> OutreachDay:
    """Plan one day to come; Refused with the reasons when the rules do not allow it (R-4.3, R-8.13, R-10.4)."""
    _may_plan(by, placement)
    placement = _locked(placement)
    refuse(days_rules.in_the_past(on, today()))
    day = _enter(placement, DayDetails(on, days, venue, note.strip()), by)
    emails.planned([day], by=by)
    return day


@transaction.atomic
def plan_series(
    *,
    placement: Placement,
    dates: Iterable[date],
    days: Decimal,
    venue: str = Venue.HOST,
    note: str = "",
    by: User,
) -> list[OutreachDay]:
    """Plan the dates of a preview, all or none: the first that no longer fits is named."""
    _may_plan(by, placement)
    placement = _locked(placement)
    wanted = sorted(set(dates))
    if not wanted:
        raise Refused([Problem("There is no date that can be planned. Choose other dates.", field="first")])
    refuse(days_rules.in_the_past(wanted[0], today(), field="first"))
    book = day_book(placement, wanted[0], wanted[-1])
    for on in wanted:
        refuse(book.problems(DayUse(on, days)))
        book.add(DayUse(on, days))
    planned = [_store(placement, DayDetails(on, days, venue, note.strip()), by) for on in wanted]
    emails.planned(planned, by=by)
    return planned


@transaction.atomic
def change_day(
    *,
    day: OutreachDay,
    on: date,
    days: Decimal,
    venue: str,
    note: str | None = None,
    by: User,
    tell: bool = True,
) -> OutreachDay:
    """Move a day that has not happened yet, or change how long or where it is, within the same rules (R-10.9).

    Without `tell` the caller has more to say and says it all at once.
    """
    _may_plan(by, day.placement)
    placement = _locked(day.placement)
    day = OutreachDay.objects.select_for_update(of=("self",)).get(pk=day.pk)
    if day.status not in DAY_OPEN:
        raise Refused([gate.out_of_turn(day, "Change the day")])
    refuse(day_book(placement, on, on, replacing=day).problems(DayUse(on, days)))
    before = _facts(day)
    _replan(placement, day, DayUse(on, days), by=by, why="changed")
    day.on, day.days, day.venue = on, days, venue
    day.note = day.note if note is None else note.strip()
    day.save(update_fields=["on", "days", "venue", "note"])
    ledger.settle(placement, by=by)
    if before != _facts(day):
        audit.record("outreach day: changed", day, by=by, before=before, after=_facts(day))
        if day.status == DayStatus.CONFIRMED:  # the school said yes to another day
            day = gate.move(day, "ask_again", by=by, may=permissions.can_plan_day)
        if tell and on >= today():
            emails.changed(day, before["on"], by=by)
    return day


@transaction.atomic
def confirm_day(*, day: OutreachDay, by: User) -> OutreachDay:
    """The host headteacher says that the school expects the AST."""
    return gate.move(day, "confirm", by=by, may=permissions.can_confirm_day)


@transaction.atomic
def confirm_days(*, days: Iterable[OutreachDay], by: User) -> list[OutreachDay]:
    """Several at once, each recorded by itself; all or none, so that nobody believes more than was done (R-18.6)."""
    return [gate.move(day, "confirm", by=by, may=permissions.can_confirm_day) for day in days]


@transaction.atomic
def cancel_day(*, day: OutreachDay, side: str, reason: str, by: User) -> OutreachDay:
    """Call a day off: whose side it was and why are kept, and its time goes back (R-10.9)."""
    return cancel_days(days=[day], side=side, reason=reason, by=by)[0]


@transaction.atomic
def cancel_days(
    *, days: Iterable[OutreachDay], side: str, reason: str, by: User | None, tell: bool = True
) -> list[OutreachDay]:
    """The same for several days of one placement, each recorded singly; who hears of it gets one message.

    Without `tell` the caller has more to say and says it all at once.
    """
    refuse(days_rules.not_called_off(side, reason))
    found = list(days)
    if not found:
        return []
    placement, reason = _locked(found[0].placement), reason.strip()
    facts: dict[str, Any] = {"cancelled_by": side, "cancelled_reason": reason}
    done = [gate.move(day, "cancel", by=by, may=permissions.can_cancel_day, reason=reason, **facts) for day in found]
    for day in done:
        why = f"cancelled: {reason}"[:250]
        ledger.write(Kind.PLAN, placement, -day.days, on=day.on, by=by, day=day, reason=why)
    if tell:
        emails.cancelled(done, by=by)
    return done


@transaction.atomic
def begin_day(*, placement: Placement, on: date, days: Decimal, venue: str, by: User) -> OutreachDay:
    """The day to write the diary of: the one planned for that date, or a new one within all the rules (R-10.4).

    A day that nobody planned becomes a planned day, so that the cap and the contract judge it like any other.
    """
    _may_plan(by, placement)
    placement = _locked(placement)
    refuse(days_rules.in_the_future(on, today()))
    planned = OutreachDay.objects.counting().filter(placement=placement, on=on).first()
    return planned or _enter(placement, DayDetails(on, days, venue), by)


@transaction.atomic
def deliver_day(*, day: OutreachDay, on: date, days: Decimal, venue: str, by: User) -> OutreachDay:
    """The day has happened, as the diary tells it: the plan is put right and the time counts as delivered."""
    placement = _locked(day.placement)
    day.refresh_from_db()
    refuse(days_rules.in_the_future(on, today()))
    refuse(day_book(placement, on, on, replacing=day).problems(DayUse(on, days)))
    _replan(placement, day, DayUse(on, days), by=by, why="as delivered")
    day = gate.move(day, "do", by=by, may=permissions.can_plan_day, on=on, days=days, venue=venue)
    ledger.write(Kind.DELIVERY, placement, days, on=on, by=by, day=day)
    ledger.settle(placement, by=by)
    return day


def _may_plan(by: User, placement: Placement) -> None:
    if not permissions.can_plan_day(by, placement):
        raise PermissionDenied("plan an outreach day")


def _locked(placement: Placement) -> Placement:
    """The placement as it stands once the AST's post is held."""
    ledger.lock(placement.post)
    return Placement.objects.with_people().get(pk=placement.pk)


def _enter(placement: Placement, details: DayDetails, by: User) -> OutreachDay:
    refuse(day_book(placement, details.on, details.on).problems(DayUse(details.on, details.days)))
    return _store(placement, details, by)


def _store(placement: Placement, details: DayDetails, by: User) -> OutreachDay:
    day = OutreachDay.objects.create(placement=placement, **asdict(details))
    ledger.write(Kind.PLAN, placement, day.days, on=day.on, by=by, day=day)
    ledger.settle(placement, by=by)
    audit.record("outreach day: planned", day, by=by, after=_facts(day))
    return day


def _replan(placement: Placement, day: OutreachDay, use: DayUse, *, by: User, why: str) -> None:
    """Take the planned time back and enter it anew, unless nothing changes."""
    if DayUse(day.on, day.days) == use:
        return
    ledger.write(Kind.PLAN, placement, -day.days, on=day.on, by=by, day=day, reason=why)
    ledger.write(Kind.PLAN, placement, use.days, on=use.on, by=by, day=day, reason=why)


def _facts(day: OutreachDay) -> dict[str, Any]:
    return {"on": day.on, "days": day.days, "venue": day.venue}
