"""States of an observation between two ASTs, and what brings them together (R-3.14)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


class PeerKind(models.TextChoices):
    SUBJECT = "subject", "Same subject"
    PHASE = "phase", "Another phase"


class PeerStatus(models.TextChoices):
    PROPOSED = "proposed", "Proposed: waits for the other AST’s consent"
    AGREED = "agreed", "Agreed: waits for a day"
    BOOKED = "booked", "Booked"
    DONE = "done", "Done"
    REFUSED = "refused", "Consent refused"
    CANCELLED = "cancelled", "Cancelled"


S = PeerStatus

OPEN = frozenset({S.PROPOSED, S.AGREED, S.BOOKED})
"""Still to take place."""
PEER_OBSERVATION = Machine(
    "observation between ASTs",
    PeerStatus,
    [
        Move.of("agree", S.PROPOSED, S.AGREED, "Agree", "the AST who was asked"),
        Move.of("refuse", S.PROPOSED, S.REFUSED, "Refuse consent", "the AST who was asked"),
        Move.of("book", [S.AGREED, S.BOOKED], S.BOOKED, "Book the day", "either AST"),
        Move.of("do", S.BOOKED, S.DONE, "Record that it took place", "either AST"),
        Move.of("cancel", OPEN, S.CANCELLED, "Cancel", "either AST, or Sys when a post ends"),
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
