"""Where the time report stands in the menu."""

from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui import navigation


def register() -> None:
    """What this room puts in the menu."""
    for role in (*AUTHORITY, Role.AST, Role.HEADTEACHER):
        navigation.register(
            role, "Time", "evaluation:time", order=54, hint="Outreach days by school, activity and term"
        )
