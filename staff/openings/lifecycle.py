"""A school's way to an AST post, before anybody holds it (requirements E, the first half of “AST post”)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class OpeningStatus(models.TextChoices):
    ENQUIRY = "enquiry", "Enquiry"
    DISCUSSED = "discussed", say_later("Discussed with the authority")
    APPROVED = "approved", "Approved by governors"
    ADVERTISED = "advertised", "Advertised"
    SELECTED = "selected", "Candidate named"
    FILLED = "filled", "Filled"
    CLOSED = "closed", "Closed"


class OpeningReason(models.TextChoices):
    """Why a school wants an AST (R-2.4)."""

    RETAIN = "retain", "To keep a good teacher in the classroom"
    DEVELOPMENT = "development", "A development need of the school"
    TEACHING = "teaching", "To raise the quality of teaching"
    ATTAINMENT = "attainment", "To raise attainment"
    SPECIALIST = "specialist", "A bid for specialist status"
    DIFFICULTY = "difficulty", say_later("The authority seeks an AST in this school")


S = OpeningStatus

LOOKING = frozenset({S.ENQUIRY, S.DISCUSSED, S.APPROVED, S.ADVERTISED})
"""Nobody is named yet."""
TO_FILL = LOOKING | {S.SELECTED}
"""Nobody is in post yet, and somebody is wanted."""
DECIDED = frozenset({S.APPROVED, S.ADVERTISED, S.SELECTED, S.FILLED})
"""The governors have decided (R-1.4)."""
CORRECTIONS = {S.ENQUIRY: "correct_to_enquiry", S.DISCUSSED: "correct_to_discussed", S.APPROVED: "correct_to_approved"}
"""The co-ordinator’s reasoned corrections by the stage that they lead to (R-2.1)."""

OPENING = Machine(
    say_later("AST post to fill"),
    OpeningStatus,
    [
        Move.of("discuss", S.ENQUIRY, S.DISCUSSED, "Log the first discussion", "Co"),
        Move.of("approve", S.DISCUSSED, S.APPROVED, "Record the governors’ decision", "Gov/OH"),
        Move.of("advertise", S.APPROVED, S.ADVERTISED, "Record the advertisement", "OH"),
        Move.of("select", [S.APPROVED, S.ADVERTISED], S.SELECTED, "Name the candidate", "OH"),
        Move.of("look_again", S.SELECTED, S.APPROVED, "Look for another candidate", "Co"),
        Move.of("fill", S.SELECTED, S.FILLED, "Record as filled", say_later("Sys, when the AST is in post")),
        Move.of("unfill", S.FILLED, S.SELECTED, "Take the filling back", "Sys, when the first day is taken back"),
        Move.of("close", [*LOOKING, S.SELECTED], S.CLOSED, "Close", "Co/OH"),
        *(
            Move.of(name, {*LOOKING, S.CLOSED} - {stage}, stage, f"Correct the stage to “{stage.label}”", "Co, reason")
            for stage, name in CORRECTIONS.items()
        ),
    ],
    colours={
        S.ENQUIRY: "blue",
        S.DISCUSSED: "blue",
        S.APPROVED: "blue",
        S.ADVERTISED: "blue",
        S.SELECTED: "yellow",
        S.FILLED: "green",
        S.CLOSED: "grey",
    },
)
