"""States of a return visit (requirements E), and what may be left of an objective (R-11.9)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class ReturnStatus(models.TextChoices):
    SCHEDULED = "scheduled", "Waiting for a day"
    DATED = "dated", "Day agreed"
    DONE = "done", say_later("Waiting for the AST’s report")
    REPORTED = "reported", say_later("Waiting for the co-ordinator")
    CLOSED = "closed", "Reported and closed"
    CANCELLED = "cancelled", "Cancelled"


V = ReturnStatus
RETURN_TO_COME = frozenset({V.SCHEDULED, V.DATED})
RETURN_OPEN = RETURN_TO_COME | {V.DONE, V.REPORTED}

RETURN = Machine(
    "return visit",
    ReturnStatus,
    [
        Move.of("date", V.SCHEDULED, V.DATED, "Agree the day", say_later("AST and HH; office for both")),
        Move.of("undate", V.DATED, V.SCHEDULED, "Ask for another day", say_later("AST, HH or office")),
        Move.of("hold", V.DATED, V.DONE, "The visit has taken place", "Sys, on its day"),
        Move.of("report", V.DONE, V.REPORTED, "Hand in the report", say_later("AST")),
        Move.of("return", V.REPORTED, V.DONE, "Return the report with a question", "Co"),
        Move.of("close", V.REPORTED, V.CLOSED, "Accept the report and close", "Co"),
        Move.of("cancel", RETURN_TO_COME | {V.DONE}, V.CANCELLED, "Cancel with a reason", "Co"),
        Move.of("revive", V.CANCELLED, V.SCHEDULED, "Schedule it after all", "Co"),
    ],
    colours={
        V.SCHEDULED: "yellow",
        V.DATED: "blue",
        V.DONE: "yellow",
        V.REPORTED: "yellow",
        V.CLOSED: "green",
        V.CANCELLED: "grey",
    },
)


class Side(models.TextChoices):
    """Who proposed a day."""

    HOST = "host", "Host headteacher"
    AST = "ast", say_later("AST")


class Remains(models.TextChoices):
    """What is left of the work on an objective: about measures, never about a person (R-10.6)."""

    USED = "used", "Still used as agreed"
    CHANGED = "changed", "Still used, in a changed way"
    PARTLY = "partly", "Used in part"
    GONE = "gone", "No longer used"
    UNCLEAR = "unclear", "Cannot be said"
