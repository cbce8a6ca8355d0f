"""What placements want of people on their first page, and where they stand in the menu."""

from astcoord.core import calendars, home
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.words import say
from astcoord.ui import navigation
from placements.overview.home import placements, preparing
from placements.placement import dates


def register() -> None:
    """What this room puts on the first page, in the menu and in people's calendars."""
    calendars.register(dates.of)
    home.register(tasks=placements.tasks, order=20)
    home.register(tasks=preparing.tasks, order=26)
    for role in AUTHORITY:
        navigation.register(role, say("Placements"), "placements:placement_list", order=30)
    navigation.register(Role.HEADTEACHER, say("Placements"), "placements:placements_at_school", order=30)
    navigation.register(Role.AST, say("Placements"), "placements:my_placements", order=10)
