"""The end as it was agreed: final evaluation, completed, perhaps a return visit, closed (requirements E, R-11.5)."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from astcoord.core import gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, refuse
from astcoord.core.words import say
from placements.days import ledger
from placements.days.lifecycle import DAY_OPEN
from placements.endings import emails, rules
from placements.endings.actions import hooks
from placements.endings.permissions import can_settle
from placements.placement.models import Placement
from placements.placement.reads import readers_of
from staff.accounts.models import User


@transaction.atomic
def open_final_evaluation(*, placement: Placement, by: User | None) -> Placement:
    """The last fortnight has begun (`by` is None), or the co-ordinator opens it earlier: everybody hears (N19)."""
    gate.move(placement, "evaluate", by=by, may=can_settle)
    asked = hooks.follow(hooks.on_final_evaluation, placement=placement)
    emails.tell_window(placement, readers_of(placement, today()), asked)
    return placement


@transaction.atomic
def resume(*, placement: Placement, by: User | None, reason: str) -> Placement:
    """It goes on: the final evaluation was opened too soon, or the placement has been extended (`by` is None)."""
    refuse(rules.no_reason(reason))
    return gate.move(placement, "resume", by=by, may=can_settle, problems=_not_yet, reason=reason)


def _not_yet(placement: Placement) -> list[Problem]:
    """Within the last fortnight the window would open again the next night."""
    if not rules.window_opens(placement.ends_on, today()):
        return []
    return [Problem(say("The last fortnight has begun. Extend the placement first."), "", "R-11.5", "window")]


@transaction.atomic
def complete(*, placement: Placement, by: User) -> Placement:
    """All that was agreed is done and evaluated; days that were not used go back to the AST's year (R-11.5, N20).

    Refused with everything that is missing. The last day is the one agreed, or today if that is earlier.
    """
    ledger.lock(placement.post)
    last_day = min(today(), placement.ends_on) if placement.ends_on else today()
    gate.move(placement, "complete", by=by, may=can_settle, problems=completion_problems, ended_on=last_day)
    give_back_unused(placement, by=by, reason="completed")
    asked = hooks.follow(hooks.on_completed, placement=placement)
    emails.tell_completed(placement, readers_of(placement, today()), asked)
    return placement


def completion_problems(placement: Placement) -> list[Problem]:
    """What is missing before it can be completed: days, and what other rooms want (R-11.3, R-11.5)."""
    days = placement.outreach_days.filter(status__in=DAY_OPEN).values_list("on", flat=True)
    return [*rules.open_days_problems(days, today()), *hooks.missing(hooks.before_completed, placement=placement)]


def give_back_unused(placement: Placement, *, by: Any, reason: str) -> None:
    """Leave in the ledger what the placement's days use, and no more; the caller holds the AST's post."""
    if placement.starts_on:
        ledger.set_days_under_contract(placement, days_used(placement), by=by, reason=reason)


def days_used(placement: Placement) -> Decimal:
    """Days held, also before this system, and those up to the end that are still to be written up."""
    dated: Decimal = placement.outreach_days.counting().aggregate(total=Sum("days"))["total"] or Decimal(0)
    used: Decimal = dated + placement.days_before
    return used


@transaction.atomic
def reopen(*, placement: Placement, by: User, reason: str) -> Placement:
    """The completion was a mistake: back to the final evaluation, with the days that were agreed."""
    refuse(rules.no_reason(reason))
    ledger.lock(placement.post)
    gate.move(placement, "reopen", by=by, may=can_settle, problems=days_agreed_fit, reason=reason, ended_on=None)
    ledger.set_days_under_contract(placement, placement.days, by=by, reason="completion taken back")
    emails.tell_taken_back(placement, readers_of(placement, today()))
    hooks.follow(hooks.on_taken_back, placement=placement)
    return placement


def days_agreed_fit(placement: Placement) -> list[Problem]:
    """The days that went back are still free; the AST's year may have been promised meanwhile (R-4.11)."""
    return ledger.contract_problems(placement, placement.days)


def await_return(placement: Placement) -> Placement:
    """A return visit is to come: for the room that schedules it."""
    return gate.move(placement, "await_return", by=None)


def record_return(placement: Placement, *, by: User) -> Placement:
    """The return visit is reported and closed. Who may close it, the room of return visits has asked."""
    return gate.move(placement, "record_return", by=by)


def drop_return(placement: Placement, *, by: User, reason: str) -> Placement:
    """The return visit has been cancelled; nothing more is waited for."""
    return gate.move(placement, "drop_return", by=by, reason=reason)


@transaction.atomic
def close(*, placement: Placement, by: User | None) -> Placement:
    """Nothing more can come. Days that were still to be written up at the end, and were called off, go back too."""
    ledger.lock(placement.post)
    gate.move(placement, "close", by=by, may=can_settle, problems=closing_problems)
    give_back_unused(placement, by=by, reason="closed")
    return placement


def outstanding(placement: Placement) -> list[Problem]:
    """What may still come after the end: days to write up, and what other rooms wait for."""
    return [*closing_problems(placement), *hooks.missing(hooks.before_closed, placement=placement)]


def closing_problems(placement: Placement) -> list[Problem]:
    """Days still to be written up; what other rooms wait for is a reason not to close by itself, but no bar."""
    days = placement.outreach_days.filter(status__in=DAY_OPEN).values_list("on", flat=True)
    return rules.open_days_problems(days, today())
