"""Where the week of visits stands in the menu."""

from astcoord.core.roles import OFFICE, Role
from astcoord.ui import navigation

HINT = "Visits, meetings and times away by day; a term in one grid"


def register() -> None:
    """What this room puts in the menu."""
    for role in OFFICE:
        navigation.register(role, "Week", "placements:week", order=30)
    for role in (Role.OFFICER, Role.CONSULTANT, Role.HEADTEACHER, Role.AST):
        navigation.register(role, "Week of visits", "placements:week", order=44, hint=HINT)
