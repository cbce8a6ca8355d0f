"""States of a time variation (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class VariationStatus(models.TextChoices):
    REQUESTED = "requested", say_later("Asked for: waits for the home headteacher and the co-ordinator")
    HALF_AGREED = "half_agreed", "Agreed by one: waits for the other"
    IN_FORCE = "in_force", "Agreed by both"
    EXPIRED = "expired", "Over"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = VariationStatus
VARIATION_WAITS = frozenset({S.REQUESTED, S.HALF_AGREED})
"""Not in force until both have said yes (R-4.7)."""
VARIATION_LIVE = VARIATION_WAITS | {S.IN_FORCE}

VARIATION = Machine(
    "time variation",
    VariationStatus,
    [
        Move.of("agree_first", S.REQUESTED, S.HALF_AGREED, "Agree to the share", "OH/Co"),
        Move.of("agree_last", S.HALF_AGREED, S.IN_FORCE, "Agree to the share", "OH/Co"),
        Move.of("refuse", VARIATION_WAITS, S.REFUSED, "Refuse the share", "OH/Co"),
        Move.of("withdraw", VARIATION_LIVE, S.WITHDRAWN, "Withdraw", "AST/OH"),
        Move.of("expire", S.IN_FORCE, S.EXPIRED, "Its last day has passed", "Sys"),
    ],
    colours={
        S.REQUESTED: "yellow",
        S.HALF_AGREED: "yellow",
        S.IN_FORCE: "green",
        S.EXPIRED: "grey",
        S.REFUSED: "red",
        S.WITHDRAWN: "grey",
    },
)
