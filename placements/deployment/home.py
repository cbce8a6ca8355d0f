"""Where the deployment of the year stands in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation

DEPLOYMENT = "Where the days go: priorities, subjects, phases, schools never supported"


def register() -> None:
    """What this room puts in the menu."""
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
        navigation.register(role, "Deployment this year", "placements:deployment", order=71, hint=DEPLOYMENT)
