"""Evaluation forms: which there are, who is asked, and where each stands (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class EvaluationKind(models.TextChoices):
    INTERIM = "interim", "Interim evaluation"
    FINAL = "final", "Final evaluation"
    IMMEDIATE = "immediate", "Evaluation after the end"
    RETURN = "return", "Evaluation at the return visit"


class AskedOf(models.TextChoices):
    """Whose form it is. The AST writes the joint part, after a talk with the school; the co-ordinator concludes."""

    HOST_HEAD = "host_head", "Host headteacher"
    SUPPORTED = "supported", "Person supported"
    AST = "ast", say_later("AST, joint part")
    COORDINATOR = "coordinator", say_later("Co-ordinator")


class EvaluationStatus(models.TextChoices):
    DUE = "due", "Not started"
    DRAFT = "draft", "Started"
    SUBMITTED = "submitted", "Handed in"
    RETURNED = "returned", "Returned with a question"
    ACCEPTED = "accepted", "Accepted"
    WAIVED = "waived", "Waived"


V = EvaluationStatus
EVALUATION_WITH_OWNER = frozenset({V.DUE, V.DRAFT, V.RETURNED})
"""Waits for whoever was asked. Overdue is a date that has passed, not a state."""
EVALUATION_ANSWERED = frozenset({V.SUBMITTED, V.ACCEPTED})
"""Its answers count, and may be read by those who may read them."""

EVALUATION = Machine(
    "evaluation",
    EvaluationStatus,
    [
        Move.of("start", V.DUE, V.DRAFT, "Save a draft", "whoever is asked"),
        Move.of("submit", EVALUATION_WITH_OWNER, V.SUBMITTED, "Hand in", "whoever is asked; office from paper"),
        Move.of("accept", V.SUBMITTED, V.ACCEPTED, "Accept", "Co"),
        Move.of("return", V.SUBMITTED, V.RETURNED, "Return with a question", "Co"),
        Move.of("conclude", EVALUATION_WITH_OWNER, V.ACCEPTED, "Conclude the final evaluation", "Co"),
        Move.of("waive", EVALUATION_WITH_OWNER, V.WAIVED, "Waive with a reason", "Co; Sys for who has withdrawn"),
        Move.of(
            "ask_again",
            [V.WAIVED, V.ACCEPTED],
            V.DUE,
            "Ask for it again",
            say_later("Co; Sys when a placement goes on"),
        ),
    ],
    colours={
        V.DUE: "yellow",
        V.DRAFT: "grey",
        V.SUBMITTED: "blue",
        V.RETURNED: "red",
        V.ACCEPTED: "green",
        V.WAIVED: "grey",
    },
)


class Level(models.IntegerChoices):
    """The four levels of an evaluation, by their standard names (R-11.6)."""

    REACTION = 1, "Reaction"
    LEARNING = 2, "Learning"
    BEHAVIOUR = 3, "Behaviour"
    RESULTS = 4, "Results"


class Helps(models.TextChoices):
    """Whether the support helps: said of the support, never of a person (R-10.6)."""

    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NOT_YET = "not_yet", "Not yet"
    NO = "no", "No"


class Reached(models.TextChoices):
    """How far an objective was reached in the end."""

    REACHED = "reached", "Reached"
    PARTLY = "partly", "Reached in part"
    NOT = "not", "Not reached"
    UNCLEAR = "unclear", "Cannot be said yet"


class TookPart(models.TextChoices):
    """Who was at the talk that the final evaluation rests on (R-11.5)."""

    HOST_HEAD = "host_head", "Host headteacher"
    AST = "ast", say_later("AST")
    STAFF = "staff", "Supported staff"
    COORDINATOR = "coordinator", say_later("Co-ordinator")
