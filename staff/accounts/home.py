"""Where people stand in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation


def register() -> None:
    """What this room puts in the menu."""
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        navigation.register(role, "People", "staff:people", order=80, hint="Who can sign in, and in which role")
