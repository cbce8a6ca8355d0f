"""The half-way review from asked to decided, and back (R-19.2)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate, outbox
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from evaluation.half_way import emails, permissions, rules
from evaluation.half_way.lifecycle import HalfWayStatus
from evaluation.half_way.models import HalfWayReview
from evaluation.half_way.reads import half_way
from placements.placement.models import Placement
from staff.accounts.models import User

UNDECIDED: dict[str, Any] = {"decision": "", "grounds": "", "decided_by": None, "decided_at": None}
"""A decision that is taken back. The exit plan stays as a draft of the next one."""


def open_due(on: date) -> int:
    """Ask host headteacher and AST of each placement that has come half-way; how many."""
    return each(list(half_way(on)), lambda placement: _ask(placement, on))


@transaction.atomic
def _ask(placement: Placement, on: date) -> None:
    due_on = on + rules.WITHIN
    review = HalfWayReview.objects.filter(placement=placement).first()
    if review is not None:
        gate.move(review, "ask_again", by=None, asked_on=on, due_on=due_on)
    else:
        review = HalfWayReview.objects.create(placement=placement, asked_on=on, due_on=due_on)
        audit.record("half-way review asked for", review, by=None)
    emails.asked(review)


def remind(on: date) -> int:
    """Those who have not answered in time, and the co-ordinator, once; how many messages are new."""
    return each(HalfWayReview.objects.overdue(on).with_people(), emails.overdue)


@transaction.atomic
def answer(*, review: HalfWayReview, side: str, view: str, by: User) -> HalfWayReview:
    """How it goes, in the words of one side; to be changed until the co-ordinator has decided."""
    review = _held(review)
    if not permissions.may_answer(by, review, side):
        raise PermissionDenied("answer a half-way review")
    if review.status != HalfWayStatus.ASKED:
        raise Refused([gate.out_of_turn(review, "Say how it goes")])
    refuse(rules.view_problems(view))
    changed = {f"{side}_view": view.strip(), f"{side}_by": by, f"{side}_at": timezone.now()}
    for name, value in changed.items():
        setattr(review, name, value)
    review.save(update_fields=list(changed))
    audit.record(f"half-way review: {rules.WHO[side]} has answered", review, by=by)
    return review


@transaction.atomic
def decide(*, review: HalfWayReview, decision: str, grounds: str, exit_plan: str, by: User) -> HalfWayReview:
    """Whether and how it goes on, why, and how the school carries on by itself afterwards; all are told.

    An end or a change is then carried out where ends and changes are. Refused while a side may still answer.
    """

    def problems(held: HalfWayReview) -> list[Problem]:
        given = (decision, grounds, exit_plan)
        return rules.decision_problems(*given, missing=held.missing, due_on=held.due_on, today=today())

    gate.move(
        review,
        "decide",
        by=by,
        may=permissions.decides,
        problems=problems,
        decision=decision,
        grounds=grounds.strip(),
        exit_plan=exit_plan.strip(),
        decided_by=by,
        decided_at=timezone.now(),
    )
    outbox.cancel_about(review)
    emails.decided(review)
    return review


@transaction.atomic
def take_back(*, review: HalfWayReview, reason: str, by: User) -> HalfWayReview:
    """The decision was a mistake; all who were told hear of it, and both may change what they said."""
    if not reason.strip():
        raise Refused([Problem("Enter the reason", "reason", "R-19.2")])
    was = review.decided_at
    gate.move(review, "take_back", by=by, may=permissions.decides, reason=reason.strip(), **UNDECIDED)
    outbox.cancel_about(review)
    emails.taken_back(review, was)
    return review


def call_off(placement: Placement) -> None:
    """The work comes to its end: nothing more is asked half-way. What was decided stays."""
    for review in HalfWayReview.objects.asked().filter(placement=placement):
        gate.move(review, "call_off", by=None)
        outbox.cancel_about(review)


def _held(review: HalfWayReview) -> HalfWayReview:
    held: HalfWayReview = HalfWayReview.objects.select_for_update(of=("self",)).with_answers().get(pk=review.pk)
    return held
