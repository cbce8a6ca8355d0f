"""States of a match (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class MatchStatus(models.TextChoices):
    PROPOSED = "proposed", "Waiting for answers"
    AGREED = "agreed", "Agreed by everybody asked"
    REFUSED = "refused", "Ended by a no"
    EXPIRED = "expired", "Lapsed, an answer did not come"
    CANCELLED = "cancelled", "Taken back with the request"
    UNDONE = "undone", say_later("Agreed, but its placement did not begin")


MATCH_LIVE = frozenset({MatchStatus.PROPOSED, MatchStatus.AGREED})

MATCH = Machine(
    "match",
    MatchStatus,
    [
        Move.of("agree", MatchStatus.PROPOSED, MatchStatus.AGREED, "Record three yeses", say_later("AST, OH, Co")),
        Move.of("refuse", MatchStatus.PROPOSED, MatchStatus.REFUSED, "Say no", say_later("AST, OH or Co")),
        Move.of("expire", MatchStatus.PROPOSED, MatchStatus.EXPIRED, "Let it lapse", "Sys"),
        Move.of("cancel", MatchStatus.PROPOSED, MatchStatus.CANCELLED, "Cancel with the request", "Sys"),
        Move.of("undo", MatchStatus.AGREED, MatchStatus.UNDONE, say_later("Undo with the placement"), "Sys"),
    ],
    colours={
        MatchStatus.PROPOSED: "yellow",
        MatchStatus.AGREED: "green",
        MatchStatus.REFUSED: "red",
        MatchStatus.EXPIRED: "grey",
        MatchStatus.CANCELLED: "grey",
        MatchStatus.UNDONE: "grey",
    },
)
