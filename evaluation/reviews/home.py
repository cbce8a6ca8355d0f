"""Where impact reviews stand in the menu."""

from astcoord.core import calendars
from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui import navigation
from evaluation.reviews import dates
from placements.overview.home import placements_of

HINT = "What each term’s impact review says of every objective, and which are still to come"


def register() -> None:
    """What this room puts in the menu and in people's calendars."""
    calendars.register(dates.of)
    for role in (*AUTHORITY, Role.AST, Role.HEADTEACHER):
        navigation.register(
            role, "Reviews", "evaluation:reviews", 52, hint=HINT, group=navigation.REQUESTS, under=placements_of(role)
        )
