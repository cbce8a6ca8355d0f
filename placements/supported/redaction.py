"""Free texts for readers who may not know supported staff by name: home heads, consultants, officers (section G)."""

from collections.abc import Callable

from astcoord.core.names import without_names
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from placements.supported import names as supported
from staff.accounts.models import User

Redactor = Callable[[str], str]


def redactor(user: User, placement: Placement) -> Redactor:
    """A function that takes the names out of a text; one that changes nothing for those who may know them."""
    if can_see_names(user, placement):
        return lambda text: text
    names = supported.of_placement(placement)
    return lambda text: without_names(text, names)
