"""Where governors’ summaries stand in the menu."""

from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation

PAPERS = "What governing bodies were sent at the end of each term, also in large print"


def register() -> None:
    """What this room puts in the menu."""
    navigation.register(Role.GOVERNOR, "Summaries", "evaluation:summaries", order=10)
    navigation.register(Role.GOVERNOR, "Termly papers", "evaluation:board_papers", order=11)
    for role in (Role.HEADTEACHER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
        navigation.register(role, "Termly papers for governors", "evaluation:board_papers", order=77, hint=PAPERS)
    title, hint = say("What your ASTs give"), "Their days this year, and what came back"
    navigation.register(Role.GOVERNOR, title, "evaluation:own_asts", order=46)
    navigation.register(Role.HEADTEACHER, title, "evaluation:own_asts", order=46, hint=hint)
