"""Where the school calendar stands in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation


def register() -> None:
    """What this room puts in the menu."""
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        navigation.register(
            role, "School calendar", "schools:years", order=90, hint="Years, terms, half-terms and closed days"
        )
