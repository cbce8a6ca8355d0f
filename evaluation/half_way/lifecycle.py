"""States of a half-way review, who is asked, and what may come of it (R-19.2)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class HalfWayStatus(models.TextChoices):
    ASKED = "asked", "Waiting for the decision"
    DECIDED = "decided", "Decided"
    CALLED_OFF = "called_off", "Called off: the work is over"


S = HalfWayStatus

HALF_WAY = Machine(
    "half-way review",
    HalfWayStatus,
    [
        Move.of("decide", S.ASKED, S.DECIDED, "Decide how it goes on", "Co"),
        Move.of("take_back", S.DECIDED, S.ASKED, "Take the decision back", "Co"),
        Move.of("call_off", S.ASKED, S.CALLED_OFF, "Call it off", "Sys, when the work ends"),
        Move.of("ask_again", S.CALLED_OFF, S.ASKED, "Ask for it again", "Sys, when the work goes on"),
    ],
    colours={S.ASKED: "yellow", S.DECIDED: "green", S.CALLED_OFF: "grey"},
)


class Side(models.TextChoices):
    """Who says how it goes."""

    HOST = "host", "The host school’s view"
    AST = "ast", say_later("The AST’s view")


class Decision(models.TextChoices):
    """Whether and how the work goes on."""

    GO_ON = "go_on", "Go on as agreed"
    CHANGE = "change", "Go on with a change"
    END = "end", "End it early"
