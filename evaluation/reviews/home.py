"""Where impact reviews stand in the menu."""

from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui import navigation


def register() -> None:
    """What this room puts in the menu."""
    for role in (*AUTHORITY, Role.AST, Role.HEADTEACHER):
        navigation.register(role, "Reviews", "evaluation:reviews", order=52)
