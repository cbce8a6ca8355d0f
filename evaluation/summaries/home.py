"""Where governors’ summaries stand in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation


def register() -> None:
    """What this room puts in the menu."""
    navigation.register(Role.GOVERNOR, "Summaries", "evaluation:summaries", order=10)
