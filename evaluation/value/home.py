"""Where value for money stands in the menu."""

from astcoord.ui import navigation
from evaluation.value.permissions import READERS


def register() -> None:
    """What this room puts in the menu."""
    hint = "Days, cost, objectives reached and the headteacher’s view, side by side"
    for role in READERS:
        navigation.register(role, "Value for money", "evaluation:value", order=55, hint=hint)
