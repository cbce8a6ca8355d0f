"""A change of work that is under way, from the asking to the last signature (R-8.12, R-8.15, requirements E).

The placement stays active all the while: the contract in force counts until everybody has signed the new version.
"""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class AmendmentKind(models.TextChoices):
    EXTENSION = "extension", "Extension"
    CHANGE = "change", "Change of the contract"


class AmendmentStatus(models.TextChoices):
    DRAFT = "draft", "Being prepared"
    ASKED = "asked", say_later("Waiting for the co-ordinator")
    SIGNING = "signing", "Waiting for signatures"
    IN_FORCE = "in_force", "In force"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = AmendmentStatus
AMENDMENT_PREPARING = frozenset({S.DRAFT, S.ASKED})
"""What it says may still be changed."""
AMENDMENT_OPEN = AMENDMENT_PREPARING | {S.SIGNING}
"""A placement has one of these at most: of two changes at once nobody knows what the second one changes."""

AMENDMENT = Machine(
    "amendment",
    AmendmentStatus,
    [
        Move.of("send", S.DRAFT, S.ASKED, say_later("Send to the co-ordinator"), say_later("HH, AST")),
        Move.of("offer", AMENDMENT_PREPARING, S.SIGNING, "Put out for signature", "Co"),
        Move.of("take_effect", S.SIGNING, S.IN_FORCE, "Sign, as the last", "last signer"),
        Move.of("refuse", [S.ASKED, S.SIGNING], S.REFUSED, "Say no", say_later("HH, AST, OH, Co")),
        Move.of("withdraw", AMENDMENT_OPEN, S.WITHDRAWN, "Take back", "who asked; Co; Sys when the work ends"),
    ],
    colours={
        S.DRAFT: "grey",
        S.ASKED: "blue",
        S.SIGNING: "yellow",
        S.IN_FORCE: "green",
        S.REFUSED: "red",
        S.WITHDRAWN: "grey",
    },
)
