"""Where deployment plans stand in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation

PLANS = "Who would go where in a half-term, a term or a year"
DEMAND = "Requests that nobody can meet, by subject and phase, for recruitment"


def register() -> None:
    """What this room puts in the menu."""
    queue = "placements:queue"
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
        navigation.register(role, "Plans", "placements:plans", order=25, hint=PLANS, under=queue)
        navigation.register(role, "Demand without a match", "placements:demand", order=70, hint=DEMAND, under=queue)
