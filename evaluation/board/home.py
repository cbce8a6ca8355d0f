"""Where the duty board stands in the menu."""

from astcoord.core.roles import OFFICE
from astcoord.core.words import say_later
from astcoord.ui import navigation

HINT = say_later("Each AST’s days, where this week and next, what is late, who is away")


def register() -> None:
    """What this room puts in the menu."""
    for role in OFFICE:
        navigation.register(role, "Duty board", "evaluation:board", order=51, hint=HINT, under="staff:posts")
