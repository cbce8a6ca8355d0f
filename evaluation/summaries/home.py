"""Where governors’ summaries stand in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation


def register() -> None:
    """What this room puts in the menu."""
    navigation.register(Role.GOVERNOR, "Summaries", "evaluation:summaries", order=10)
    title, hint = "What your ASTs give", "Their days this year, and what came back"
    navigation.register(Role.GOVERNOR, title, "evaluation:own_asts", order=46)
    navigation.register(Role.HEADTEACHER, title, "evaluation:own_asts", order=46, hint=hint)
