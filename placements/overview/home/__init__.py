"""What placements want of people on their first page, and where they stand in the menu."""

from astcoord.core import calendars, home, week
from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui import navigation
from placements.overview.home import placements, preparing
from placements.placement import dates


def register() -> None:
    """What this room puts on the first page, in the menu and in people's calendars."""
    calendars.register(dates.of)
    week.register_days(placements.meetings)
    home.register(tasks=placements.tasks, order=20)
    home.register(tasks=preparing.tasks, order=26)
    for role in AUTHORITY:
        navigation.register(role, "Placements", "placements:placement_list", order=30)
    navigation.register(Role.HEADTEACHER, "Placements", "placements:placements_at_school", order=30)
    navigation.register(Role.AST, "Placements", "placements:my_placements", order=10)
