"""Where the charges stand in the menu."""

from astcoord.ui import navigation
from placements.charges.permissions import READERS


def register() -> None:
    """What this room puts in the menu, where the authority has charges."""
    hint = "What is paid for outreach days, by whom and to whom, by term"
    for role in READERS:
        navigation.register(role, "Charges", "placements:charges", order=73, hint=hint, setting="has_charges")
