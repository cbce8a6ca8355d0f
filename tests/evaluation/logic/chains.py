"""Logic models told through the actions, and as a browser sends them."""

from typing import Any

from evaluation.logic import actions
from evaluation.logic.models import LogicModel
from evaluation.logic.rules import Chains, Step
from placements.placement.models import Placement
from tests.cast import Cast

OUTCOME, CHANGE, CAUSE = "outcome", "change", "cause"
WHOLE = (
    Step(1, OUTCOME, "More pupils explain their method"),
    Step(2, CHANGE, "Teachers ask for reasons", 1),
    Step(3, CAUSE, "Model lessons with talk partners", 2),
)


def chains(placement: Placement, *steps: Step) -> Chains:
    """A whole one, or these steps; every objective serves the first."""
    return Chains(steps or WHOLE, {each.number: 1 for each in placement.objectives.all()})


def submitted(cast: Cast, placement: Placement, *steps: Step, by: Any = None) -> LogicModel:
    return actions.submit(placement=placement, chains=chains(placement, *steps), by=by or cast.ast)


def agreed(cast: Cast, placement: Placement, *steps: Step) -> LogicModel:
    return actions.agree(model=submitted(cast, placement, *steps), by=cast.host_head)


def posted(placement: Placement, *steps: Step, **other: str) -> dict[str, str]:
    """What a browser sends of these steps."""
    told: dict[str, str] = {f"objective_{each.number}": "1" for each in placement.objectives.all()}
    for step in steps or WHOLE:
        told |= {f"kind_{step.number}": step.kind, f"text_{step.number}": step.text}
        told |= {f"leads_{step.number}": str(step.leads_to or "")}
    return {**told, **other}
