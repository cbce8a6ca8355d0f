"""Where the deployment of the year stands in the menu."""

from astcoord.ui import navigation
from placements.deployment.permissions import DEPLOYMENT as READERS

DEPLOYMENT = "Where the days go: priorities, subjects, phases; what was asked for; schools never supported"


def register() -> None:
    """What this room puts in the menu."""
    for role in READERS:
        navigation.register(
            role, "Deployment", "placements:deployment", order=71, hint=DEPLOYMENT, group=navigation.REPORTS
        )
