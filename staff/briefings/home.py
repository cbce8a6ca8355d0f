"""Briefing sessions in the menu of the office and of heads (R-2.21)."""

from astcoord.core import calendars
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.briefings import dates


def register() -> None:
    """Its entry in the menu."""
    calendars.register(dates.of)
    for role in (*sorted(OFFICE), Role.HEADTEACHER):
        hint = say("Sessions on what an AST is, for headteachers and for teachers who may become one")
        navigation.register(role, "Briefing sessions", "staff:briefings", 63, hint=hint)
