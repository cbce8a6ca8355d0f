"""States of a round of letters (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class RoundStatus(models.TextChoices):
    BUILT = "built", say_later("Waiting for the co-ordinator’s approval")
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    CANCELLED = "cancelled", "Cancelled"


ROUND = Machine(
    "letter round",
    RoundStatus,
    [
        Move.of("approve", RoundStatus.BUILT, RoundStatus.SENDING, "Approve and send", "Co, or auto by policy"),
        Move.of("cancel", RoundStatus.BUILT, RoundStatus.CANCELLED, "Cancel this round", "Co"),
        Move.of("finish", RoundStatus.SENDING, RoundStatus.SENT, "All letters are out", "Sys"),
        Move.of("reopen", RoundStatus.SENT, RoundStatus.SENDING, "Try failed letters again", "Co"),
    ],
    colours={
        RoundStatus.BUILT: "yellow",
        RoundStatus.SENDING: "blue",
        RoundStatus.SENT: "green",
        RoundStatus.CANCELLED: "grey",
    },
)
