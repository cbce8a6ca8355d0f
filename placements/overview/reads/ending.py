"""The way of a placement from its last fortnight to its end, as steps with an owner and a state."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core.problems import Problem
from astcoord.core.words import say
from placements.endings import rules
from placements.endings.actions import completing
from placements.endings.reads import where_done
from placements.overview.reads.steps import CANNOT, OPEN, Step
from placements.placement.lifecycle import PLACEMENT_OVER, PLACEMENT_UNDER_WAY, PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import CO


def end_steps(placement: Placement, today: date) -> list[Step]:
    """What is still missing at the end, each with whose turn it is; nothing before the last fortnight."""
    if placement.status in PLACEMENT_UNDER_WAY:
        opened = placement.status == PlacementStatus.FINAL_EVALUATION or rules.window_opens(placement.ends_on, today)
        return list(_to_complete(placement)) if opened else []
    if placement.status in PLACEMENT_OVER and placement.status != PlacementStatus.CLOSED:
        return [_step(placement, problem) for problem in completing.outstanding(placement)]
    return []


def _to_complete(placement: Placement) -> Iterator[Step]:
    missing = completing.completion_problems(placement)
    for problem in missing:
        yield _step(placement, problem)
    url = reverse("placements:placement_complete", args=[placement.pk])
    yield Step(
        say("Complete the placement"), (CO,), CANNOT if missing else OPEN, url, button="Complete it", approves=True
    )


def _step(placement: Placement, problem: Problem) -> Step:
    state = CANNOT if problem.code == rules.AFTER_OTHERS else OPEN
    return Step(problem.message.rstrip("."), (problem.field or CO,), state, where_done(placement, problem))
