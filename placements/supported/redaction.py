"""Free texts for readers who may not know supported staff by name: home heads, consultants, officers (section G)."""

from collections.abc import Callable
from typing import Any

from astcoord.core.names import without_names
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from placements.supported import names as supported

Redactor = Callable[[str], str]


def redactor(user: Any, placement: Placement) -> Redactor:
    """A function that takes the names out of a text; one that changes nothing for those who may know them."""
    if can_see_names(user, placement):
        return lambda text: text
    names = supported.of_placement(placement)
    return lambda text: without_names(text, names)
