"""A finished plan as JSON and back, so that the next one can start from it; names of stages are kept beside it."""

from dataclasses import replace
from typing import Any

from placements.allocation.plan.canonical import decode, encode
from placements.allocation.plan.result import Plan


def to_json(plan: Plan) -> dict[str, Any]:
    """Everything of a plan but the words for its solver, which its record holds."""
    return {"plan": encode(plan), "stages": [[stage.name for stage in part.stages] for part in plan.parts]}


def from_json(kept: dict[str, Any]) -> Plan:
    """The plan again. KeyError or ValueError where the text is not one."""
    plan: Plan = decode(Plan, kept["plan"])
    parts = (
        replace(part, stages=tuple(replace(s, name=n) for s, n in zip(part.stages, names, strict=True)))
        for part, names in zip(plan.parts, kept["stages"], strict=True)
    )
    return replace(plan, parts=tuple(parts))
