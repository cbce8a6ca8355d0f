"""Which policy is in force on a day (R-16.1)."""

from datetime import date

from astcoord.core import presets
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy


def in_force(on: date | None = None) -> Policy:
    """The newest policy whose day has come by `on` (today). With none stored, an unsaved Croydon preset."""
    found = Policy.objects.filter(valid_from__lte=on or today()).order_by("-valid_from", "-pk").first()
    return found or Policy(valid_from=on or today(), **presets.settings_of("croydon"))
