"""Where the authority's reports stand in the menu."""

from astcoord.core.words import say_later
from astcoord.ui import navigation
from evaluation.authority.permissions import INDEX

HINT = say_later("Every report and file in one list: annual report, schools forum, days and demand, ASTs in numbers")


def register() -> None:
    """What this room puts in the menu."""
    for role in INDEX:
        navigation.register(role, "Reports", "evaluation:reports", order=70, hint=HINT)
