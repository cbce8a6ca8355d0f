"""States of an observation between two ASTs, and what brings them together (R-3.14)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class PeerKind(models.TextChoices):
    SUBJECT = "subject", "Same subject"
    PHASE = "phase", "Another phase"


class PeerStatus(models.TextChoices):
    PROPOSED = "proposed", say_later("Proposed: waits for the other AST’s consent")
    AGREED = "agreed", "Agreed: waits for a day"
    BOOKED = "booked", "Booked"
    DONE = "done", "Done"
    REFUSED = "refused", "Consent refused"
    CANCELLED = "cancelled", "Cancelled"


S = PeerStatus

OPEN = frozenset({S.PROPOSED, S.AGREED, S.BOOKED})
"""Still to take place."""
PEER_OBSERVATION = Machine(
    say_later("observation between ASTs"),
    PeerStatus,
    [
        Move.of("agree", S.PROPOSED, S.AGREED, "Agree", say_later("the AST who was asked")),
        Move.of("refuse", S.PROPOSED, S.REFUSED, "Refuse consent", say_later("the AST who was asked")),
        Move.of("book", [S.AGREED, S.BOOKED], S.BOOKED, "Book the day", say_later("either AST")),
        Move.of("do", S.BOOKED, S.DONE, "Record that it took place", say_later("either AST")),
        Move.of("cancel", OPEN, S.CANCELLED, "Cancel", say_later("either AST, or Sys when a post ends")),
    ],
    colours={
        S.PROPOSED: "yellow",
        S.AGREED: "blue",
        S.BOOKED: "blue",
        S.DONE: "green",
        S.REFUSED: "grey",
        S.CANCELLED: "grey",
    },
)
