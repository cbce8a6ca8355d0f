import pytest

from astcoord.core.models.policy import Policy
from tests.cast import Cast


@pytest.fixture
def screen(cast: Cast) -> None:
    """The policy has the screen."""
    Policy.objects.update(fft_screen=True)
