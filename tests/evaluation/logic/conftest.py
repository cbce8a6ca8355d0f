import pytest

from astcoord.core.models.policy import Policy
from placements.placement.models import Placement


@pytest.fixture
def levels(placement: Placement) -> Placement:
    """Of an authority that evaluates on four levels with a logic model."""
    Policy.objects.update(evaluation_model="levels")
    return placement
