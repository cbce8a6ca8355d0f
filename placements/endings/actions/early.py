"""The end before its time: by either party, undone before the start, and taken back (R-8.14, R-20.13)."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import documents, gate, outbox
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.days import emails as day_emails
from placements.days import ledger
from placements.days.actions import days
from placements.days.lifecycle import DAY_OPEN
from placements.days.models import OutreachDay
from placements.endings import emails, rules
from placements.endings.actions import completing, hooks
from placements.endings.documents import end_notice_facts
from placements.endings.lifecycle import SIDES
from placements.endings.permissions import can_end_early, can_settle, can_unsay
from placements.endings.reads import END_NOTICE, delivered, early_end, take_back_problems
from placements.matching import actions as matching
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head
from placements.placement.reads import readers_of
from staff.accounts.models import User


@transaction.atomic
def end_early(
    *, placement: Placement, by: User, ended_on: date, reason: str, category: str, side: str = ""
) -> Placement:
    """Either party ends it alone, or the co-ordinator records that one did; unused days go back (R-8.14).

    `category` is an `EndReason`, for the notice; `side` is "host" or "ast" and is asked of the co-ordinator only.
    Days still to come are called off; those up to `ended_on` can still be written up.
    """
    if not can_end_early(by, placement):
        raise PermissionDenied(say("end a placement early"))
    ledger.lock(placement.post)
    _, last = delivered(placement)
    refuse(
        rules.end_problems(ended_on, reason, category, starts_on=placement.starts_on, delivered_on=last, today=today())
    )
    side = _side(placement, by, side)
    gate.move(
        placement,
        "end_early",
        by=by,
        reason=reason,
        ended_on=ended_on,
        ended_category=category,
        ended_reason=reason.strip(),
    )
    to_come = placement.outreach_days.filter(status__in=DAY_OPEN, on__gt=ended_on)
    gone = days.cancel_days(days=to_come, side=side, reason=say("The placement ended early"), by=by, tell=False)
    completing.give_back_unused(placement, by=by, reason="ended early")
    asked = hooks.follow(hooks.on_ended_early, placement=placement)
    told = {each.email for each in asked} | _give_notice(placement, by, side, asked, gone)
    if gone:
        day_emails.cancelled(gone, by=by, but=told)
    return placement


def _give_notice(
    placement: Placement, by: User, side: str, asked: Sequence[emails.Asked], gone: Sequence[OutreachDay]
) -> set[str]:
    """R-15.5: the notice is kept, and goes to all parties and the chair (N20); the addresses of the parties."""
    notice = documents.freeze(
        END_NOTICE,
        title=f"{say('AST')} support at {placement.host.name}: notice of an early end",
        facts=end_notice_facts(placement, used=completing.days_used(placement), by_words=SIDES[side]),
        about=placement,
        by=by,
    )
    readers = readers_of(placement, today())
    emails.tell_ended(placement, readers, notice, asked, gone, by_words=SIDES[side])
    return {reader.email for party in readers.values() for reader in party}


def _side(placement: Placement, by: User, side: str) -> str:
    """Who ended it: the person's own side, or what the co-ordinator says."""
    if is_host_head(by, placement):
        return "host"
    if is_ast_of(by, placement):
        return "ast"
    if side not in SIDES:
        raise Refused([Problem(say("Select who ended the placement."), "side", "R-8.14")])
    return side


@transaction.atomic
def take_back(*, placement: Placement, by: User, reason: str) -> Placement:
    """An early end that was a mistake: it goes on as agreed, if its days are still free (R-4.11).

    Days that were called off stay so. In the last fortnight the final evaluation opens again the next night.
    """
    refuse(rules.no_reason(reason))
    ledger.lock(placement.post)
    end = early_end(placement)
    unbegun = end is not None and end.source == PlacementStatus.SIGNED
    gate.move(
        placement,
        "take_back_unbegun" if unbegun else "take_back",
        by=by,
        may=can_settle,
        problems=_take_back_problems,
        reason=reason,
        ended_on=None,
        ended_category="",
        ended_reason="",
    )
    ledger.set_days_under_contract(placement, placement.days, by=by, reason="early end taken back")
    emails.tell_taken_back(placement, readers_of(placement, today()))
    hooks.follow(hooks.on_taken_back, placement=placement)
    return placement


def _take_back_problems(placement: Placement) -> list[Problem]:
    return [*take_back_problems(placement, today()), *completing.days_agreed_fit(placement)]


@transaction.atomic
def abandon(*, placement: Placement, by: User, reason: str) -> Placement:
    """The co-ordinator closes a placement that never began, and its request is open again (R-20.13).

    Its days go back, what was queued is not sent, and the request stands where it stood in the queue.
    """
    return _undo(placement, by=by, reason=reason, may=can_settle)


@transaction.atomic
def unsay(*, placement: Placement, by: User, reason: str) -> Placement:
    """Whoever gave the last yes takes it back before the co-ordinator has acted: as `abandon` (R-20.13)."""
    return _undo(placement, by=by, reason=reason, may=can_unsay)


def _undo(placement: Placement, *, by: User, reason: str, may: gate.May) -> Placement:
    refuse(rules.no_reason(reason))
    ledger.lock(placement.post)
    gate.move(
        placement,
        "abandon",
        by=by,
        may=may,
        problems=_begun,
        reason=reason,
        ended_on=today(),
        ended_reason=reason.strip(),
    )
    to_come = placement.outreach_days.filter(status__in=DAY_OPEN)
    days.cancel_days(days=to_come, side="host", reason=say("The placement does not begin"), by=by)
    completing.give_back_unused(placement, by=by, reason="abandoned")
    outbox.cancel_about(placement)
    for version in placement.contracts.in_force():
        outbox.cancel_about(version)
    reopened = matching.undo(match=placement.match, by=by, reason=reason)
    emails.tell_abandoned(placement, readers_of(placement, today()), reopened=reopened)
    hooks.follow(hooks.on_undone, placement=placement)
    return placement


def _begun(placement: Placement) -> list[Problem]:
    _, last = delivered(placement)
    return rules.begun_problems(placement, delivered=last is not None, today=today())
