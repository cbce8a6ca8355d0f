"""Where a person's own calendar stands in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation


def register() -> None:
    """What this room puts in the menu: for those who have days and meetings."""
    for role in (Role.AST, Role.HEADTEACHER, Role.COORDINATOR):
        hint = "Days and meetings in the calendar on your phone or computer"
        navigation.register(role, "Calendar", "staff:calendar", order=85, hint=hint, group=navigation.OWN)
