"""States of a termly impact review (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class ReviewStatus(models.TextChoices):
    DUE = "due", say_later("Waiting for the AST")
    DRAFT = "draft", say_later("Started by the AST")
    SUBMITTED = "submitted", "Waiting for the host headteacher"
    COMMENTED = "commented", say_later("Waiting for the co-ordinator")
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", say_later("Returned to the AST")
    WAIVED = "waived", "Waived"


V = ReviewStatus
REVIEW_WITH_AST = frozenset({V.DUE, V.DRAFT, V.RETURNED})
REVIEW_OPEN = REVIEW_WITH_AST | {V.SUBMITTED, V.COMMENTED}

REVIEW = Machine(
    "impact review",
    ReviewStatus,
    [
        Move.of("start", V.DUE, V.DRAFT, "Save a draft", say_later("AST")),
        Move.of("submit", REVIEW_WITH_AST, V.SUBMITTED, "Submit the review", say_later("AST")),
        Move.of("comment", V.SUBMITTED, V.COMMENTED, "Add the headteacher’s comment", "HH"),
        Move.of("accept", V.COMMENTED, V.ACCEPTED, "Accept", "Co"),
        Move.of("return", [V.SUBMITTED, V.COMMENTED], V.RETURNED, "Return with a reason", "Co"),
        Move.of("waive", REVIEW_WITH_AST | {V.SUBMITTED}, V.WAIVED, "Waive with a reason", "Co"),
    ],
    colours={
        V.DUE: "yellow",
        V.DRAFT: "grey",
        V.SUBMITTED: "yellow",
        V.COMMENTED: "yellow",
        V.ACCEPTED: "green",
        V.RETURNED: "red",
        V.WAIVED: "grey",
    },
)


class Progress(models.TextChoices):
    """How far an objective has come in a term (R-11.2)."""

    NOTHING = "nothing", "Nothing to report this term"
    STARTED = "started", "Started"
    SOME = "some", "Some progress"
    GOOD = "good", "Good progress"
    MET = "met", "Success criterion met"
