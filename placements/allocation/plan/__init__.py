"""The deployment plan's core: plain values in and out, no Django, exact and explained.

    made = plan(problem, time_limit=60, canonical=True)
    explain(problem, made, request_id)
    what_if(problem, made, [MoreDays(post, 12)])
    check(problem, made)

`record` turns a plan into JSON to store, `replay` makes it again and says whether it is the same.
"""

from placements.allocation.plan.check import check
from placements.allocation.plan.explain import Explanation, explain
from placements.allocation.plan.problem import (
    Cancelled,
    Contradiction,
    Demand,
    HalfTerm,
    Pair,
    PlanProblem,
    PlanWeights,
    Rules,
    Supply,
)
from placements.allocation.plan.record import record, replay
from placements.allocation.plan.result import Assignment, Plan, Progress, Status
from placements.allocation.plan.solve import OutOfTime, plan
from placements.allocation.plan.whatif import WhatIf, what_if

__all__ = [
    "Assignment",
    "Cancelled",
    "Contradiction",
    "Demand",
    "Explanation",
    "HalfTerm",
    "OutOfTime",
    "Pair",
    "Plan",
    "PlanProblem",
    "PlanWeights",
    "Progress",
    "Rules",
    "Status",
    "Supply",
    "WhatIf",
    "check",
    "explain",
    "plan",
    "record",
    "replay",
    "what_if",
]
