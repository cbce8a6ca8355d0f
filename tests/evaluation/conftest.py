from typing import Any

import pytest

from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.stories import NOVEMBER
from tests.placements.active import active


@pytest.fixture
def november(clock: Any) -> None:
    """A Tuesday in the second half of the autumn term."""
    clock.move_to(NOVEMBER)


@pytest.fixture
def placement(cast: Cast, november: None) -> Placement:
    """Active since 3 November, with three objectives and two people."""
    return active(cast, objectives=3)
