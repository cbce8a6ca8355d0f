"""From the database to the deployment plan's problem: open requests, ASTs' time, the rules in force (section 7).

One function, `gather`, in a fixed number of queries. What is left out is said, with the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from astcoord.core import policy as policies
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import Pattern
from placements.allocation.plan.problem import Demand, HalfTerm, Pair, PlanProblem, PlanWeights, Rules
from placements.matching.reads.problem import declared_blocks, horizon_of, host_blocked, need_of
from placements.planning import rules
from placements.planning.models import Plan
from placements.planning.reads import supply
from placements.requests import reads as requests
from placements.requests import rules as request_rules
from placements.requests.lifecycle import IN_DIFFICULTY
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.requests.rules import difficulty
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear, Term
from schools.calendar.models import HalfTerm as HalfTermRow


@dataclass(frozen=True)
class Span:
    """A half-term, a term or a year."""

    slug: str
    title: str
    first: date
    last: date


@dataclass(frozen=True)
class Frame:
    """What every request of one plan is held against."""

    first: date
    last: date
    today: date
    policy: Policy
    sharing: bool
    year: AcademicYear | None


@dataclass(frozen=True)
class Gathered:
    """A problem, and the requests that are not part of it: (request, reason). What was declared of people is no such
    reason: a plan is kept, and read by others, who would see that a request is missing (section G*)."""

    problem: PlanProblem
    left_out: tuple[tuple[int, str], ...]


def spans(today: date) -> list[Span]:
    """Everything that can be planned and has not ended: half-terms in order, then terms, then years."""
    halves = HalfTermRow.objects.filter(ends_on__gte=today).select_related("term").order_by("starts_on")
    terms = Term.objects.filter(ends_on__gte=today).order_by("starts_on")
    years = AcademicYear.objects.filter(ends_on__gte=today).order_by("starts_on")
    return [
        *(Span(h.slug, h.name, h.starts_on, h.ends_on) for h in halves),
        *(Span(t.slug, f"{t.name}, the whole term", t.starts_on, t.ends_on) for t in terms),
        *(Span(y.slug, f"School year {y}", y.starts_on, y.ends_on) for y in years),
    ]


def gather(
    span: Span,
    today: date,
    *,
    sharing: bool = False,
    pins: Iterable[Pair] = (),
    forbids: Iterable[Pair] = (),
    previous: Iterable[Pair] = (),
) -> Gathered:
    """The problem of a span, from today on.

    A request belongs to it when the weeks it asks for begin by the end of the span and have not passed. Its days may
    fall anywhere in its own weeks, so that a plan of a half-term does not cut short what goes on after it.
    """
    policy = policies.in_force(today)
    first = max(today, span.first)
    year = calendar.year_on(first)
    asked = list(_requests(span))
    ends = [r.wanted_until for r in asked if r.wanted_until]
    last = min(max([span.last, *ends]), year.ends_on) if year else span.last
    horizon = horizon_of(first, last, policy)
    frame = Frame(first, last, today, policy, sharing, year)
    sorted_out = [(r, _why_left_out(r, frame)) for r in asked]
    taken = [r for r, why in sorted_out if not why]
    weights = PlanWeights.of(policy.ranking_weights)
    problem = PlanProblem(
        demands=tuple(_demand(r, frame) for r in taken),
        supplies=tuple(supply.read(taken, first=first, year=year, horizon=horizon, policy=policy)),
        horizon=horizon,
        half_terms=_half_terms(first, last),
        rules=Rules(limit_km=weights.scoring.limit_km, blocks=policy.placement_pattern == Pattern.BLOCK),
        weights=weights,
        pins=tuple(pins),
        forbids=tuple(forbids),
        previous=tuple(previous),
    )
    return Gathered(problem.ordered(), tuple((r.pk, why) for r, why in sorted_out if why))


def _requests(span: Span) -> QuerySet[Any]:
    """Those with the co-ordinator, and those that still wait for their head: these are named, and left out."""
    waiting = Q(status="awaiting_confirmation", wanted_from__isnull=False, wanted_until__isnull=False)
    found = OutreachRequest.objects.in_queue() | OutreachRequest.objects.filter(waiting)
    links = OutreachRequest.priorities.through.objects.filter(outreachrequest=OuterRef("pk"))
    wanted = found.filter(wanted_from__lte=span.last, days__gt=0).annotate(serves=Exists(links))
    return wanted.select_related("host").prefetch_related("host__statuses", "staff", "matches").order_by("pk")


def _why_left_out(request: OutreachRequest, frame: Frame) -> str:
    """R-5.7, R-6.8, R-6.9: what forbids any match and is no secret; or nothing. Never what was declared (G*)."""
    if found := requests.confirmation_problems(request):
        return found[0].message
    if request.wanted_until is not None and request.wanted_until < frame.today:
        return "The weeks asked for have passed. Return the request and ask for new dates."
    if request.wanted_until is not None and request.wanted_until < frame.first:
        return "Wanted before this plan begins. Plan the earlier weeks, or return the request and ask for new dates."
    if blocked := host_blocked(request, frame.first, frame.policy):
        return blocked
    if requests.realism_problems(request, today=frame.today, declared=False, settings=frame.policy):
        return "The statement that the aims are realistic is missing."
    return ""


def to_settle(plan: Plan, today: date) -> dict[OutreachRequest, str]:
    """Requests of the plan that cannot be proposed because of what was declared, for the co-ordinator, with the reason.

    Asked of the facts as they are and kept nowhere: a declaration that goes has gone. Two queries where there is none.
    """
    if plan.last < today:
        return {}
    policy = policies.in_force(today)
    said = RequestedStaff.objects.filter(request=OuterRef("pk"), situation__in=IN_DIFFICULTY)
    planned = Q(pk__in=plan.lines.values("request")) | Q(pk__in=plan.unmet.values("request"))
    asked = OutreachRequest.objects.in_queue().filter(planned, Exists(said)).select_related("host").order_by("pk")
    found = ((request, _declared_problem(request, policy)) for request in asked.prefetch_related("staff"))
    return {request: why for request, why in found if why}


def _declared_problem(request: OutreachRequest, policy: Policy) -> str:
    """R-6.7, R-6.9: what was declared and forbids any match; or nothing. For the co-ordinator alone."""
    if blocked := declared_blocks(request, policy):
        return blocked
    people = request.staff.all()
    safeguards = difficulty.safeguards(request_rules.Host(), people, policy)
    found = difficulty.realism_problems(safeguards, request.realism)
    return " ".join(problem.message for problem in found + difficulty.consent_problems(people, policy))


def _demand(request: Any, frame: Frame) -> Demand:
    """One of `_requests`, to be planned; days that another AST has agreed to give are not asked for again."""
    host = requests.host_on(request.host, request.wanted_from or frame.today)
    submitted = request.submitted_at.date() if request.submitted_at else None
    first = max(frame.first, request.wanted_from or frame.first)
    last = min(request.wanted_until or frame.last, frame.last)
    return Demand(
        need=need_of(request, request.days_open, first, last),
        priority=rules.priority_of(host, request.route, serves=request.serves),
        waiting=rules.waiting_of(submitted, frame.today),
        category=supply.SUMMER if supply.goes_on(request, frame.year) else "",
        halves=frame.sharing and request.days_open >= rules.LEAST_SHARED_DAYS,
    )


def _half_terms(first: date, last: date) -> tuple[HalfTerm, ...]:
    rows: list[Any] = list(HalfTermRow.objects.touching(first, last).order_by("starts_on"))
    if not rows:
        return ()
    known = calendar.between(rows[0].starts_on, rows[-1].ends_on)
    return tuple(
        HalfTerm(row.slug, row.starts_on, row.ends_on, len(known.weeks(row.starts_on, row.ends_on))) for row in rows
    )
