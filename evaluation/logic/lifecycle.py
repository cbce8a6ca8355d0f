"""A placement's logic model: what its steps are, and where a version of it stands (R-11.7)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class StepKind(models.TextChoices):
    """A chain begins with what leads to a change, and ends with an outcome."""

    OUTCOME = "outcome", "Desired outcome"
    CHANGE = "change", "Change in practice"
    CAUSE = "cause", "What leads to it"


class LogicStatus(models.TextChoices):
    DRAFT = "draft", "Being written"
    SUBMITTED = "submitted", "Waiting for the host headteacher"
    AGREED = "agreed", "Agreed"
    REPLACED = "replaced", "Replaced by a later version"


V = LogicStatus
LOGIC_OPEN = frozenset({V.DRAFT, V.SUBMITTED})
"""Of these a placement has one at a time."""
LOGIC_HANDED_IN = frozenset({V.SUBMITTED, V.AGREED})
"""With either, a placement has its logic model."""
LOGIC_OUTCOME = frozenset({V.AGREED, V.REPLACED})
"""What home heads, officers and the people supported read of."""

LOGIC = Machine(
    "logic model",
    LogicStatus,
    [
        Move.of("submit", V.DRAFT, V.SUBMITTED, "Submit it", say_later("AST, HH or office")),
        Move.of("return", V.SUBMITTED, V.DRAFT, "Return it with a question", "HH or Co"),
        Move.of("agree", V.SUBMITTED, V.AGREED, "Agree it", "HH or Co"),
        Move.of("replace", V.AGREED, V.REPLACED, "Replaced by a later version", "Sys"),
    ],
    colours={V.DRAFT: "yellow", V.SUBMITTED: "blue", V.AGREED: "green", V.REPLACED: "grey"},
)
