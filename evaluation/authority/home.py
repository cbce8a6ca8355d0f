"""Where the authority's reports stand in the menu."""

from astcoord.ui import navigation
from evaluation.authority.permissions import INDEX


def register() -> None:
    """What this room puts in the menu."""
    for role in INDEX:
        navigation.register(role, "Reports", "evaluation:reports", order=60)
