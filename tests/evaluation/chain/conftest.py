"""One objective with all that can stand behind it, in few rows and along the whole road."""

from typing import Any

import pytest

from evaluation.evidence.actions import Attached
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation import stories
from tests.evaluation.evaluations.telling import concluded
from tests.evaluation.evidence.test_evidence import attach
from tests.evaluation.stories import write_up
from tests.factories import PriorityFactory
from tests.placements import stories as contract
from tests.placements.papers.paper_files import PDF


@pytest.fixture
def told(cast: Cast, placement: Placement) -> Placement:
    """One objective with a day, a file, a review and a concluded final evaluation; another one with nothing."""
    first = placement.objectives.get(number=1)
    placement.priorities.add(PriorityFactory(reference="EDP 2", name="Raise standards in mathematics"))
    entry = write_up(cast, placement, objectives=[first.pk], evidence="Juno Pettifer’s unit plan")
    attach(cast, placement, Attached("unit plan.pdf", PDF), day=entry.day)
    stories.accepted(cast, placement)
    concluded(cast, placement)
    return placement


@pytest.fixture
def whole(cast: Cast, clock: Any) -> Placement:
    """The same, along the whole road: with its protocol, contract and signatures."""
    placement = contract.active(cast)
    clock.move_to(stories.NOVEMBER)
    entry = write_up(cast, placement, objectives=[placement.objectives.get(number=1).pk])
    attach(cast, placement, Attached("unit plan.pdf", PDF), day=entry.day)
    stories.accepted(cast, placement)
    concluded(cast, placement)
    return placement
