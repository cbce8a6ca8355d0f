"""What the worker does with a queued plan: claim it, solve it, write the result; then explain it, bit by bit.

A claim is a lease that every sign of life renews. A worker that dies stops renewing, and the plan is queued again;
one that was only slow finds that the plan is no longer its own, and writes nothing.
"""

import logging
import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from astcoord.core import gate
from astcoord.core.problems import Refused
from astcoord.core.words import say
from placements.allocation import kept
from placements.allocation.plan.canonical import restore
from placements.allocation.plan.eligibility import Eligibility
from placements.allocation.plan.problem import Cancelled, Contradiction, PlanProblem
from placements.allocation.plan.record import record
from placements.allocation.plan.result import Plan as Made
from placements.allocation.plan.result import Progress, Status
from placements.allocation.plan.solve import OutOfTime, plan
from placements.allocation.plan.timetable import Room
from placements.allocation.problem import days
from placements.planning.lifecycle import PLAN_UNDER_WAY, PlanStatus
from placements.planning.models import Plan, PlanLine, PlanUnmet
from staff.posts.models import Post

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
EVERY = 1.0
"""Seconds between two signs of life."""
ATTEMPTS = 3
FAULT = "The plan could not be made because of a fault in the program. The log of the worker says more."


class Pulse:
    """Signs of life from one attempt at a plan: progress and lease, at most once a second; and whether it goes on."""

    def __init__(self, row: Plan) -> None:
        self.pk, self.attempt = row.pk, row.attempt
        self.word: dict[str, Any] = {}
        self.last = 0.0
        self.stopped = False

    def progress(self, word: Progress) -> None:
        """Hear how far the solver is."""
        self.word = {
            "part": word.part, "parts": word.parts, "stage": word.stage, "value": word.value, "bound": word.bound,
        }  # fmt: skip
        self.beat()

    def cancelled(self) -> bool:
        """Whether somebody called it off, or another worker has taken over."""
        self.beat()
        return self.stopped

    def beat(self) -> None:
        if time.monotonic() - self.last < EVERY:
            return
        self.last = time.monotonic()
        mine = Plan.objects.filter(pk=self.pk, attempt=self.attempt, status=PlanStatus.RUNNING)
        self.stopped = not mine.update(progress=self.word, lease_until=timezone.now() + LEASE)


def work(pk: int) -> bool:
    """Make one queued plan; whether there is a result. Safe to call twice, and at the same time."""
    row = claim(pk)
    if row is None:
        return False
    try:
        problem = restore(row.input)
        made = _solve(row, problem)
        return finish(row, problem=problem, made=made)
    except Cancelled:
        return False
    except (Contradiction, OutOfTime) as found:
        give_up(row, problem=str(found))
    except Exception:
        logger.exception("deployment plan %s failed", row.pk)
        give_up(row, problem=FAULT)
    return False


def claim(pk: int) -> Plan | None:
    """Take a queued plan; None where somebody else has it or it is no longer wanted."""
    row = Plan.objects.filter(pk=pk, status=PlanStatus.QUEUED).first()
    if row is None:
        return None
    lease = timezone.now() + LEASE
    try:
        return gate.move(row, "claim", by=None, attempt=row.attempt + 1, lease_until=lease, progress={})
    except Refused:
        return None


def _solve(row: Plan, problem: PlanProblem) -> Made:
    """The best plan of the stored input, started from the plan that this one follows."""
    pulse = Pulse(row)
    parent = row.parent
    start = kept.from_json(parent.outcome) if parent is not None and parent.outcome else None
    return plan(
        problem,
        time_limit=row.time_limit,
        canonical=True,
        progress=pulse.progress,
        cancelled=pulse.cancelled,
        start=start,
    )


@transaction.atomic
def finish(row: Plan, *, problem: PlanProblem, made: Made) -> bool:
    """Write the result, all of it or nothing; False where the plan was called off or taken over meanwhile."""
    held = Plan.objects.select_for_update().get(pk=row.pk)
    if held.status != PlanStatus.RUNNING or held.attempt != row.attempt:
        return False
    stored = record(problem, made)
    gate.move(
        row,
        "finish" if made.status == Status.PROVED else "run_out",
        by=None,
        lease_until=None,
        offered=_offered(problem),
        outcome=kept.to_json(made),
        ready_at=timezone.now(),
        progress={},
        **{name: stored[name] for name in RECORDED},
    )
    PlanLine.objects.bulk_create(_lines(row, problem, made))
    PlanUnmet.objects.bulk_create(_unmet(row, problem, made))
    return True


RECORDED = (
    "solver", "levels", "stages", "certificate", "verdict", "warnings", "place", "place_bound", "gap", "reproducible",
    "seconds",
)  # fmt: skip


def _offered(problem: PlanProblem) -> dict[str, int]:
    """Quarters that each AST could have given in these weeks: what the pattern, the cap and the year leave."""
    eligibility = Eligibility(problem)
    rooms = {g.post: (g, eligibility.room(g)) for g in problem.supplies if g.facts.inducted and not g.barred}
    return {str(post): min(supply.facts.left, _fits(room)) for post, (supply, room) in rooms.items()}


def _fits(room: Room) -> int:
    """Free quarters of all days, no more in a week than the cap leaves."""
    weeks = dict.fromkeys(range(len(room.left)), 0)
    for share, week in zip(room.share, room.group, strict=True):
        weeks[week] += share
    return sum(min(total, room.left[week]) for week, total in weeks.items())


def _lines(row: Plan, problem: PlanProblem, made: Made) -> list[PlanLine]:
    demands = {a.request: a for a in problem.demands}
    known = set(Post.objects.filter(pk__in={a.post for a in made.assignments}).values_list("pk", flat=True))
    newcomers = {each["post"]: each["name"] for each in row.changes if each.get("post")}
    return [
        PlanLine(
            plan=row,
            request_id=a.request,
            post_id=a.post if a.post in known else None,
            newcomer="" if a.post in known else newcomers.get(a.post, say("One more AST")),
            priority=demands[a.request].priority,
            days=days(a.quarters),
            half=a.half,
            pinned=a.pair in problem.pins,
            dates=[[day.on.isoformat(), day.quarters] for day in a.outreach_days],
            by_half_term=_by_half_term(problem, a.outreach_days),
            points=a.points,
            km=a.km,
            parts=list(a.parts),
        )
        for a in made.assignments
    ]


def _by_half_term(problem: PlanProblem, outreach_days: Any) -> dict[str, int]:
    """Quarters of a day by half-term."""
    found: dict[str, int] = {}
    for day in outreach_days:
        slug = next((h.slug for h in problem.half_terms if h.first <= day.on <= h.last), "")
        found[slug] = found.get(slug, 0) + day.quarters
    return found


def _unmet(row: Plan, problem: PlanProblem, made: Made) -> list[PlanUnmet]:
    eligibility = Eligibility(problem)
    rows = []
    for request in made.unmet:
        demand = problem.demand(request)
        counted = eligibility.reasons(demand)
        rows.append(
            PlanUnmet(
                plan=row,
                request_id=request,
                priority=demand.priority,
                days=days(demand.need.quarters),
                obstacles=[[str(why), count] for why, count in counted.most_common()],
                able=len(problem.supplies) - counted.total(),
            )
        )
    return rows


def give_up(row: Plan, *, problem: str) -> None:
    """Record that a plan failed and why; quietly where it was called off meanwhile."""
    try:
        gate.move(row, "fail", by=None, reason=problem, problem=problem, lease_until=None)
    except Refused:
        logger.info("deployment plan %s was no longer under way", row.pk)


def look_after() -> list[int]:
    """Queue again what a dead worker left behind, give up after three attempts; the plans that wait for a worker."""
    for row in Plan.objects.silent(timezone.now()).light():
        if row.attempt >= ATTEMPTS:
            give_up(row, problem="The worker fell silent three times while making this plan.")
        else:
            _requeue(row)
    return list(Plan.objects.filter(status=PlanStatus.QUEUED).values_list("pk", flat=True))


@transaction.atomic
def _requeue(row: Plan) -> None:
    """Only if it is still silent under the lock: the worker may have come back between the list and here."""
    held = Plan.objects.select_for_update().get(pk=row.pk)
    if held.status in PLAN_UNDER_WAY and held.lease_until and held.lease_until < timezone.now():
        gate.move(row, "requeue", by=None, reason="The worker fell silent", lease_until=None)
