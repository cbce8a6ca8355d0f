"""What would be different: a plan of a changed problem beside the real one, and what recruiting or time would bring."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from placements.allocation.plan.changes import Change
from placements.allocation.plan.problem import PlanProblem, Supply
from placements.allocation.plan.result import Plan
from placements.allocation.plan.solve import TIME_LIMIT, plan
from placements.allocation.problem import AstFacts, Slot, Spot, Standing
from placements.allocation.scoring import EVERY_PUPIL, KEY_STAGES


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A plan that is never carried out by itself, and how it differs from the real one.

    `need_change` is by priority class; `moved` are requests met in both plans by different ASTs.
    """

    changes: tuple[str, ...]
    problem: PlanProblem
    plan: Plan
    gained: tuple[int, ...]
    lost: tuple[int, ...]
    moved: tuple[int, ...]
    need_change: tuple[tuple[int, int], ...]
    quarters_change: int


def what_if(
    problem: PlanProblem,
    plan_now: Plan,
    changes: Sequence[Change],
    *,
    time_limit: float = TIME_LIMIT,
    cancelled: Callable[[], bool] | None = None,
) -> WhatIf:
    """Plan the changed problem, starting from the plan that is there. Neither argument is touched."""
    changed = problem
    for change in changes:
        changed = change.apply(changed)
    new = plan(changed, time_limit=time_limit, canonical=plan_now.canonical, cancelled=cancelled, start=plan_now)
    before, after = _posts(plan_now), _posts(new)
    need: dict[int, int] = defaultdict(int)
    for levels, sign in ((plan_now.levels, -1), (new.levels, 1)):
        for level in levels:
            need[level.priority] += sign * level.met
    return WhatIf(
        tuple(change.text for change in changes),
        changed,
        new,
        gained=tuple(sorted(after.keys() - before.keys())),
        lost=tuple(sorted(before.keys() - after.keys())),
        moved=tuple(sorted(r for r in before.keys() & after.keys() if before[r] != after[r])),
        need_change=tuple(sorted((p, c) for p, c in need.items())),
        quarters_change=sum(a.quarters for a in new.assignments) - sum(a.quarters for a in plan_now.assignments),
    )


def _posts(made: Plan) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for pair in made.pairs:
        found[pair.request].add(pair.post)
    return dict(found)


def newcomer(problem: PlanProblem, plan_now: Plan, subject: str, quarters: int) -> Supply:
    """A typical AST in a subject: amid the unmet requests for it, with every key stage, and free on any weekday."""
    unmet = set(plan_now.unmet)
    spots = [a.need.spot for a in problem.demands if a.need.subject == subject and a.request in unmet and a.need.spot]
    spot = None
    if spots:
        spot = Spot(sum(s.easting for s in spots) // len(spots), sum(s.northing for s in spots) // len(spots))
    first = problem.horizon.weeks[0].monday
    facts = AstFacts(
        post=max((g.post for g in problem.supplies), default=0) + 1,
        name="",
        home=-1,
        home_name="",
        spot=spot,
        standing=Standing.IN_POST,
        inducted=True,
        level=3,
        key_stages=frozenset(KEY_STAGES),
        work_types=frozenset(t for a in problem.demands for t in a.need.work_types),
        pupil_groups=frozenset({EVERY_PUPIL}),
        slots=tuple(Slot(day, 4, first) for day in range(5)),
        budget=quarters,
        committed=0,
    )
    return Supply(facts, ((subject, 3),))
