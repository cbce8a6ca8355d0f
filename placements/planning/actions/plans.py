"""Asking for a deployment plan: a new one, one with another pin or ban, a what-if; and calling one off.

The input is gathered, checked and stored at once; the worker solves what is stored. So a queued plan can be lost by
nobody, and the same input can be solved again years later.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.notify import Notifier
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.allocation.plan import validate
from placements.allocation.plan.canonical import canonical, restore, sha256
from placements.allocation.plan.changes import Change
from placements.allocation.plan.eligibility import Eligibility
from placements.allocation.plan.problem import Contradiction, Pair, PlanProblem
from placements.allocation.plan.record import FORMAT
from placements.planning import rules
from placements.planning.lifecycle import PLAN_ACCEPTABLE, PlanStatus
from placements.planning.models import Plan, PlanLine, PlanPair
from placements.planning.reads.problem import Gathered, Span, gather
from placements.requests.models import OutreachRequest
from staff.accounts import permissions
from staff.accounts.models import User
from staff.posts.models import Post

Kind = PlanPair.Kind
TIME_LIMIT = 60
AST = re.compile(r"\bAST (\d+)\b")

queued = Notifier()
"""Tells the workers of a plan by its number; `placements.planning.tasks` listens."""


@dataclass(frozen=True)
class NewPair:
    """A pin or a ban that somebody adds, or with no kind the lifting of one."""

    kind: str
    request: OutreachRequest
    post: Post
    reason: str


@transaction.atomic
def create(
    *,
    span: Span,
    by: User,
    time_limit: int = TIME_LIMIT,
    sharing: bool = False,
    parent: Plan | None = None,
    pair: NewPair | None = None,
) -> Plan:
    """Queue a plan of a span. With a parent it takes over the parent's pins and bans and stays close to its result.

    Refused where there is nothing to plan, and where pins contradict each other or a rule, before anything is queued.
    """
    _coordinator(by)
    refuse(rules.past(span.last, today()))
    held = {(p.request_id, p.post_id): p for p in parent.pairs.all()} if parent else {}
    if pair is not None:
        refuse(rules.without_reason(pair.reason, words="Enter why") if pair.kind else [])
        held.pop((pair.request.pk, pair.post.pk), None)
    pins = {Pair(*key) for key, kept in held.items() if kept.kind == Kind.PIN}
    forbids = {Pair(*key) for key, kept in held.items() if kept.kind == Kind.FORBID}
    gathered = gather(span, today(), sharing=sharing, previous=_previous(parent, span))
    gathered = _with_pairs(gathered, pins, forbids, pair)
    refuse(rules.nothing_to_plan(len(gathered.problem.demands), len(gathered.problem.supplies)))
    check(gathered.problem, people=names(gathered.problem))
    plan = _queue(gathered, span, by=by, parent=parent, time_limit=time_limit, sharing=sharing)
    _keep_pairs(plan, held.values(), pair, by=by)
    return plan


@transaction.atomic
def replan(*, plan: Plan, by: User, pair: NewPair | None = None) -> Plan:
    """The same weeks again, from the facts of today, with one pin or ban more or less."""
    if plan.is_what_if:
        raise Refused([Problem("A what-if is not planned again. Change the plan that it belongs to.", code="what-if")])
    span = Span(plan.span, plan.title, plan.first, plan.last)
    return create(span=span, by=by, time_limit=plan.time_limit, sharing=plan.sharing, parent=plan, pair=pair)


@transaction.atomic
def what_if(*, plan: Plan, changes: Sequence[Change], said: Sequence[Mapping[str, Any]], by: User) -> Plan:
    """Queue a plan of the same stored input with something changed. The real plan is not touched, and never is.

    `said` puts the changes into words and names ASTs who do not exist: dicts with `text` and, for those, `post`. ASTs
    who do exist stand there as “AST 12”, because not everybody who reads a plan may know of all (section G*).
    """
    _coordinator(by)
    if not changes:
        raise Refused([Problem("Choose at least one change to try", "kind", code="none")])
    if not plan.made:
        raise Refused([Problem("Wait until the plan is ready, then ask what would be different.", code="not-ready")])
    problem = restore(plan.input)
    for change in changes:
        problem = change.apply(problem)
    check(problem, people={})
    span = Span(plan.span, plan.title, plan.first, plan.last)
    gathered = Gathered(problem, tuple((pk, why) for pk, why in plan.left_out))
    tried = _queue(
        gathered,
        span,
        by=by,
        parent=plan,
        time_limit=plan.time_limit,
        sharing=plan.sharing,
        kind=Plan.Kind.WHAT_IF,
        changes=[dict(each) for each in said],
    )
    _keep_pairs(tried, plan.pairs.all(), None, by=by)
    return tried


@transaction.atomic
def cancel(*, plan: Plan, by: User) -> Plan:
    """Call a plan off. A worker that is busy with it notices within a second or two and writes nothing."""
    return gate.move(plan, "cancel", by=by, may=permissions.is_coordinator, lease_until=None)


def check(problem: PlanProblem, *, people: Mapping[int, str]) -> None:
    """Refuse impossible facts and contradictory pins now, in words with names, not when the worker finds them."""
    try:
        validate.refuse(problem)
        if problem.pins:
            eligibility = Eligibility(problem)
            validate.refuse_pins(eligibility, eligibility.all_offers())
    except Contradiction as found:
        raise Refused(
            [Problem(named(text, people=people), rule="R-7.2", code="pins") for text in found.messages]
        ) from None


def names(problem: PlanProblem) -> dict[int, str]:
    """Who is who, by post; empty names (from a stored input) are left out."""
    return {g.post: g.facts.name for g in problem.supplies if g.facts.name}


def named(text: str, *, people: Mapping[int, str]) -> str:
    """The core knows ASTs by number; people know them by name."""
    return AST.sub(lambda found: people.get(int(found[1]), found[0]), text)


def _coordinator(by: User) -> None:
    if not permissions.is_coordinator(by):
        raise PermissionDenied("plan deployment")


def _previous(parent: Plan | None, span: Span) -> set[Pair]:
    """The plan to stay close to: the one this follows, else the last that was accepted for these weeks."""
    accepted = [PlanStatus.PART_ACCEPTED, PlanStatus.ACCEPTED]
    last = parent or Plan.objects.real().filter(status__in=accepted, first__lte=span.last, last__gte=span.first).first()
    if last is None:
        return set()
    lines = PlanLine.objects.filter(plan=last, post__isnull=False)
    return {Pair(request, post) for request, post in lines.values_list("request_id", "post_id")}


def _with_pairs(gathered: Gathered, pins: set[Pair], forbids: set[Pair], new: NewPair | None) -> Gathered:
    """Old pairs only where both are still in the plan; a new one as it is, so that a wrong one is told."""
    requests = {demand.request for demand in gathered.problem.demands}
    posts = {supply.post for supply in gathered.problem.supplies}

    def still(pairs: Iterable[Pair]) -> set[Pair]:
        return {p for p in pairs if p.request in requests and p.post in posts}

    pins, forbids = still(pins), still(forbids)
    if new is not None and new.kind:
        added = Pair(new.request.pk, new.post.pk)
        _part_of_plan(added, requests, posts, new)
        (pins if new.kind == Kind.PIN else forbids).add(added)
    changed = replace(gathered.problem, pins=tuple(pins), forbids=tuple(forbids))
    return Gathered(changed.ordered(), gathered.left_out)


def _part_of_plan(pair: Pair, requests: set[int], posts: set[int], new: NewPair) -> None:
    if pair.request not in requests:
        raise Refused([Problem(f"{new.request.reference} is no longer open to be planned.", "request", code="gone")])
    if pair.post not in posts:
        raise Refused([Problem(f"{new.post.name} is not in post in these weeks.", "post", "R-7.2", "gone")])


def _queue(
    gathered: Gathered,
    span: Span,
    *,
    by: User,
    parent: Plan | None,
    time_limit: int,
    sharing: bool,
    kind: str = Plan.Kind.REAL,
    changes: Sequence[Mapping[str, Any]] = (),
) -> Plan:
    text = canonical(gathered.problem)
    plan = Plan.objects.create(
        kind=kind,
        parent=parent,
        span=span.slug,
        title=span.title,
        first=span.first,
        last=span.last,
        sharing=sharing,
        time_limit=time_limit,
        created_by=by,
        input=text,
        input_sha256=sha256(text),
        format=FORMAT,
        weights_version=gathered.problem.weights.version,
        left_out=[list(row) for row in gathered.left_out],
        changes=list(changes),
    )
    facts = {"weeks": span.slug, "requests": len(gathered.problem.demands), say("ASTs"): len(gathered.problem.supplies)}
    audit.record(f"deployment plan: {plan.get_kind_display().lower()} asked for", plan, by=by, after=facts)
    queued.notify(plan.pk)
    return plan


def _keep_pairs(plan: Plan, held: Iterable[PlanPair], new: NewPair | None, *, by: User) -> None:
    """Who pinned what and why goes with the plan; those taken over keep their own author and day."""
    rows = [
        PlanPair(
            plan=plan, kind=p.kind, request_id=p.request_id, post_id=p.post_id, reason=p.reason, by_id=p.by_id, at=p.at
        )
        for p in held
    ]
    if new is not None and new.kind:
        rows.append(
            PlanPair(
                plan=plan, kind=new.kind, request=new.request, post=new.post, reason=new.reason.strip(), by=by,
                at=timezone.now(),
            )
        )  # fmt: skip
    PlanPair.objects.bulk_create(rows)


@transaction.atomic
def supersede_older(plan: Plan, *, by: User) -> int:
    """Once something of a plan is accepted, older plans of the same weeks can no longer be accepted; how many."""
    older = Plan.objects.real().filter(pk__lt=plan.pk, span=plan.span, status__in=PLAN_ACCEPTABLE).order_by("pk")
    for each in older:
        gate.move(each, "supersede", by=by, reason=f"{plan.reference} was accepted")
    return len(older)
