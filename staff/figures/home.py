"""Where the figures stand in the menu."""

from astcoord.core.roles import AUTHORITY
from astcoord.core.words import say, say_later
from astcoord.ui import navigation

FIGURES = say_later("How many ASTs by phase, service and subject; recruitment; share of teachers; who leaves")


def register() -> None:
    """What this room puts in the menu."""
    for role in AUTHORITY:
        navigation.register(
            role, say("Figures of ASTs"), "staff:ast_figures", order=48, hint=FIGURES, group=navigation.REPORTS
        )
