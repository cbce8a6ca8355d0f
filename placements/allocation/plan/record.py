"""A plan as plain JSON values to store, with all that is needed to make it again and to see that it is the same."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from placements.allocation.plan.canonical import canonical, encode, restore, sha256
from placements.allocation.plan.check import check
from placements.allocation.plan.problem import PlanProblem
from placements.allocation.plan.result import Plan
from placements.allocation.plan.solve import TIME_LIMIT, plan

FORMAT = 1


def record(problem: PlanProblem, made: Plan) -> dict[str, Any]:
    """Everything about a plan: input, fingerprint, solver, stages with value and bound, certificate, verdict."""
    text = canonical(problem)
    return {
        "format": FORMAT,
        "input": text,
        "input_sha256": sha256(text),
        "weights_version": made.weights_version,
        "solver": {"name": made.solver.name, "version": made.solver.version, "options": dict(made.solver.options)},
        "status": made.status.value,
        "canonical": made.canonical,
        "reproducible": made.reproducible,
        "gap": made.gap,
        "levels": [asdict(level) for level in made.levels],
        "place": made.place,
        "place_bound": made.place_bound,
        "stages": [{**asdict(stage), "gap": stage.gap} for stage in made.stages],
        "certificate": [_certificate(n, part) for n, part in enumerate(encode(made.parts), 1)],
        "verdict": check(problem, made),
        "assignments": encode(made.assignments),
        "unmet": list(made.unmet),
        "warnings": list(made.warnings),
        "seconds": round(made.seconds, 3),
        "cpu_seconds": round(made.cpu_seconds, 3),
    }


def _certificate(number: int, part: dict[str, Any]) -> dict[str, Any]:
    """What is claimed of one part: that nothing is better, lexicographically, than this."""
    return {
        "part": number,
        "key": part["key"],
        "proved": part["proved"],
        "need": [[level["priority"], level["met"], level["bound"]] for level in part["levels"]],
        "place": part["place"],
        "place_bound": part["place_bound"],
        "tie_broken": part["canonical"],
    }


COMPARED = ("assignments", "unmet", "levels", "place", "status")


def replay(stored: Mapping[str, Any], *, time_limit: float = TIME_LIMIT) -> list[str]:
    """Make a stored plan again from its own input: the names of what differs, only "input" where that was changed.

    Of the result only what is in `stored` is compared.
    """
    problem = restore(stored["input"])
    if not sha256(stored["input"]) == sha256(canonical(problem)) == stored["input_sha256"]:
        return ["input"]
    again = json.loads(json.dumps(record(problem, plan(problem, time_limit=time_limit, canonical=True))))
    return [name for name in COMPARED if name in stored and again[name] != stored[name]]
