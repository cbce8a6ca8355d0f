"""Where the year in one look stands in the menu."""

from astcoord.core.roles import OFFICE, Role
from astcoord.ui import navigation

HINT = "Days used, promised and free by half-term, who waits longest, what is late"


def register() -> None:
    """What this room puts in the menu."""
    for role in (*OFFICE, Role.OFFICER):
        navigation.register(role, "The year in one look", "evaluation:year_view", order=70, hint=HINT)
