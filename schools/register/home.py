"""Where the register stands in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation


def register() -> None:
    """What this room puts in the menu."""
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.CONSULTANT, Role.OFFICER):
        navigation.register(role, "Schools", "schools:list", order=40)
    navigation.register(Role.HEADTEACHER, "Your school", "schools:own", order=50)
