"""Corrections of entries whose term is closed: asked for, taken back, made or refused (R-10.8)."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate
from astcoord.core.problems import Problem, Refused, refuse
from evaluation.corrections import emails, permissions, rules
from evaluation.corrections.lifecycle import Outcome
from evaluation.corrections.models import Correction
from evaluation.diary import actions as diary
from evaluation.diary.actions import DayHeld, Telling
from evaluation.diary.models import DiaryEntry
from placements.days.reads.corrections import correction_problems
from placements.days.rules.time import DayUse
from staff.accounts.models import User

OVERTAKEN = "This request has been answered or taken back meanwhile. Reload the page to see what happened."


@transaction.atomic
def ask(*, entry: DiaryEntry, held: DayHeld, telling: Telling, why: str, by: User) -> Correction:
    """Ask for the entry as it should be. Refused at once with whatever the co-ordinator could not do either."""
    entry = gate.move(diary.locked(entry), "ask_correction", by=by, may=permissions.asks, reason=why.strip())
    before, asked = diary.facts_of(entry), _facts(held, telling)
    found = rules.request_problems(before, asked, why)
    found += diary.wrong_with(placement=entry.day.placement, telling=telling, on=held.on)
    refuse(found + correction_problems(entry.day, DayUse(held.on, held.days)))
    correction = Correction.objects.create(entry=entry, before=before, asked=asked, why=why.strip(), asked_by=by)
    emails.asked(correction)
    return correction


@transaction.atomic
def correct(*, correction: Correction, by: User) -> Correction:
    """Make the change as it was asked for; whatever forbids it by now is said, and it stays open."""
    correction = _open(correction)
    entry = gate.move(correction.entry, "correct", by=by, may=permissions.decides, reason=correction.why)
    held, telling = wanted(correction)
    diary.put_right(entry=diary.locked(entry), held=held, telling=telling, by=by, why=correction.why)
    return _answer(correction, Outcome.CORRECTED, by)


@transaction.atomic
def leave(*, correction: Correction, answer: str, by: User) -> Correction:
    """The entry stays as it is; the AST is told why."""
    refuse(rules.refusal_problems(answer))
    correction = _open(correction)
    gate.move(correction.entry, "refuse_correction", by=by, may=permissions.decides, reason=answer.strip())
    return _answer(correction, Outcome.REFUSED, by, answer.strip())


@transaction.atomic
def withdraw(*, correction: Correction, by: User) -> Correction:
    """The AST thinks better of it: the entry stays as it is, and nobody need answer."""
    correction = _open(correction)
    if not permissions.can_withdraw(by, correction):
        raise PermissionDenied("take back a correction")
    gate.move(correction.entry, "withdraw_correction", by=by)
    return _answer(correction, Outcome.WITHDRAWN, by)


def wanted(correction: Correction) -> tuple[DayHeld, Telling]:
    """What was asked for, as the diary takes it."""
    asked = dict(correction.asked)
    held = DayHeld(date.fromisoformat(asked.pop("on")), Decimal(asked.pop("days")), asked.pop("venue"))
    return held, Telling(**asked)


def _facts(held: DayHeld, telling: Telling) -> dict[str, Any]:
    """As the entry's own: texts without spaces around them."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(telling).items()}
    lists = {name: list(value) if isinstance(value, list | tuple | set) else value for name, value in told.items()}
    lists.pop("idea")  # not a part of what is closed
    return {**asdict(held), **lists}


def _open(correction: Correction) -> Correction:
    """Held for the rest of the transaction: of two answers one comes too late, and is told so."""
    diary.locked(correction.entry)
    found = Correction.objects.select_for_update(of=("self",)).with_people().get(pk=correction.pk)
    if not found.is_open:
        raise Refused([Problem(OVERTAKEN, rule="R-10.8", code="overtaken")])
    return found


def _answer(correction: Correction, outcome: Outcome, by: User, answer: str = "") -> Correction:
    correction.outcome, correction.answer = outcome, answer
    correction.answered_by, correction.answered_at = by, timezone.now()
    correction.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    words = f"correction: {correction.get_outcome_display().lower()}"
    audit.record(words, correction, by=by, reason=answer)
    if outcome != Outcome.WITHDRAWN:
        emails.answered(correction, by=by)
    return correction
