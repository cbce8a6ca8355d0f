"""Lines of a plan become proposals that wait for three yeses (R-7.5), one by one (issue 4.5).

Each line is a transaction of its own, with the checks and locks of any proposal. One that no longer fits is refused
with the reason, and the others go on: nothing is lost and nothing is half done.
"""

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import gate
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.matching import actions as matches
from placements.matching.models import Match
from placements.planning import rules
from placements.planning.actions import plans
from placements.planning.models import Plan, PlanDecision, PlanLine
from placements.requests.permissions import lasting
from staff.accounts import permissions
from staff.accounts.models import User
from staff.posts.models import Post

Outcome = PlanDecision.Outcome

against: list[Callable[[PlanLine], list[Problem]]] = []
"""What a later room knows against a line: a deployment group has not agreed to it (R-7.6)."""
on_accepted: list[Callable[[Match, User], object]] = []
"""What follows when a line has become a match as it stood: a group that has agreed to the line says its yes."""


@dataclass(frozen=True)
class Summary:
    """What became of the lines that somebody ticked; `left` are those for which there was no time."""

    accepted: tuple[PlanLine, ...]
    refused: tuple[tuple[PlanLine, str], ...]
    left: tuple[PlanLine, ...] = ()


def accept(*, plan: Plan, lines: Iterable[int], by: User, seconds: float = math.inf) -> Summary:
    """Propose every ticked line; each that no longer fits is refused on its own.

    Where a deployment group decides (R-7.6), what it has agreed to has its yes at once, and the others wait for it.
    After `seconds` what is left is handed back instead of keeping somebody waiting: one line at least is tried.
    """
    _may(plan, by)
    refuse(rules.nothing_ticked(len(wanted := sorted(set(lines)))))
    accepted: list[PlanLine] = []
    refused: list[tuple[PlanLine, str]] = []
    chosen = PlanLine.objects.filter(plan=plan, pk__in=wanted).select_related(
        "post__user", "post__home", "request__host", "plan"
    )
    left = list(chosen.order_by("priority", "pk"))
    until = time.monotonic() + seconds
    while left:
        line = left.pop(0)
        try:
            _accept_line(line, by=by)
            accepted.append(line)
        except Refused as found:
            reason = " ".join(p.message for p in found.problems)
            _note_refusal(line, found, by=by)
            refused.append((line, reason))
        if time.monotonic() > until:
            break
    if accepted:
        plans.supersede_older(plan, by=by)
    return Summary(tuple(accepted), tuple(refused), tuple(left))


def override(*, line: PlanLine, post: Post, days: Decimal, reason: str, by: User) -> Match:
    """Accept a line with another AST, or other days, and say why; the hard rules hold all the same (R-7.3)."""
    _may(line.plan, by)
    refuse(rules.without_reason(reason, words="Enter why you choose differently from the plan"))
    with transaction.atomic():
        match = _propose(line, post, days, f"{reason.strip()} (Differs from plan {line.plan.reference}.)", by=by)
        PlanDecision.objects.create(line=line, outcome=Outcome.OVERRIDDEN, match=match, reason=reason.strip(), by=by)
        _move_plan(line.plan, by=by)
    plans.supersede_older(line.plan, by=by)
    return match


def _may(plan: Plan, by: User) -> None:
    if not permissions.is_coordinator(by):
        raise PermissionDenied("accept a plan")
    if not plan.acceptable:
        raise Refused([_not_acceptable(plan)])


def _not_acceptable(plan: Plan) -> Problem:
    if plan.is_what_if:
        return Problem("A what-if cannot be carried out. Accept lines of the plan that it belongs to.", code="what-if")
    return Problem(f"This plan cannot be accepted now: “{plan.get_status_display()}”.", code="not-acceptable")


@transaction.atomic
def _accept_line(line: PlanLine, *, by: User) -> Match:
    why = (
        f"Deployment plan {line.plan.reference} gives {say('this AST')}, so that most need is met "
        "over all schools together."
    )
    if line.post is None:
        raise Refused([Problem(say("This AST does not exist yet."), code="newcomer")])
    refuse([problem for found in against for problem in found(line)])
    match = _propose(line, line.post, line.days, why, by=by)
    PlanDecision.objects.create(line=line, outcome=Outcome.ACCEPTED, match=match, by=by)
    for follow in on_accepted:
        follow(match, by)
    _move_plan(line.plan, by=by)
    return match


def _propose(line: PlanLine, post: Post, days: Decimal, why: str, *, by: User) -> Match:
    """The plan's row first: two people who accept the same plan take turns, line by line."""
    plan = Plan.objects.select_for_update().light().get(pk=line.plan_id)
    if not plan.acceptable:
        raise Refused([_not_acceptable(plan)])
    if line.decisions.exclude(outcome=Outcome.REFUSED).exists():
        raise Refused([Problem("Somebody has accepted this line already.", code="accepted")])
    return matches.propose(
        request=line.request,
        post=post,
        days=days,
        by=by,
        lower_choice_reason=why,
        shared=line.half,
        beside=_other_half(line),
    )


def _other_half(line: PlanLine) -> Match | None:
    """The live match that the other half of a shared request has become (R-7.8), if it has."""
    if not line.half:
        return None
    other = Match.objects.live().filter(plan_decision__line__plan=line.plan_id, request=line.request_id)
    return other.exclude(plan_decision__line=line).first()


def _move_plan(plan: Plan, *, by: User) -> None:
    """Accepted in whole once every line is; until then in part."""
    taken = PlanDecision.objects.filter(line__plan=plan).exclude(outcome=Outcome.REFUSED).count()
    whole = taken >= PlanLine.objects.filter(plan=plan).count()
    if whole or plan.status != "part_accepted":
        gate.move(plan, "accept_all" if whole else "accept_part", by=by, may=permissions.is_coordinator)


@transaction.atomic
def _note_refusal(line: PlanLine, refused: Refused, *, by: User) -> None:
    """Kept with the line for good, so without what lies in the request: it may have been declared (section G*)."""
    if kept := lasting(refused.problems):
        reason = " ".join(p.message for p in kept)
        PlanDecision.objects.create(line=line, outcome=Outcome.REFUSED, reason=reason, by=by)
