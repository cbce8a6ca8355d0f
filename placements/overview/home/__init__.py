"""What placements want of people on their first page, and where they stand in the menu."""

from astcoord.core import calendars, home, week
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.words import say
from astcoord.ui import navigation
from placements.overview.home import placements, preparing
from placements.placement import dates


def register() -> None:
    """What this room puts on the first page, in the menu and in people's calendars."""
    calendars.register(dates.of)
    week.register_days(placements.MEETINGS)
    home.register(tasks=placements.tasks, order=20)
    home.register(tasks=preparing.tasks, order=26)
    for role in (*AUTHORITY, Role.HEADTEACHER, Role.AST):
        navigation.register(role, say("Placements"), placements_of(role), order=10 if role == Role.AST else 20)


def placements_of(role: str) -> str:
    """The name of the list of placements that people of this role have."""
    if role in AUTHORITY:
        return "placements:placement_list"
    return "placements:my_placements" if role == Role.AST else "placements:placements_at_school"
