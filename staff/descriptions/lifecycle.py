"""A version of a job description: written, put to the headteacher and the AST, agreed by both (R-2.5)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class DescriptionStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUT = "put", say_later("Waits for the headteacher and the AST")
    HALF_AGREED = "half_agreed", "Agreed by one: waits for the other"
    IN_FORCE = "in_force", "In force"
    SUPERSEDED = "superseded", "Replaced by a later version"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = DescriptionStatus

DESCRIPTION_WAITS = frozenset({S.PUT, S.HALF_AGREED})
"""Somebody has still to agree. What they read cannot be changed meanwhile: it is taken back first."""
DESCRIPTION_OPEN = DESCRIPTION_WAITS | {S.DRAFT}
"""On the way; a post has one such version at most."""
DESCRIPTION_AGREED = frozenset({S.IN_FORCE, S.SUPERSEDED})
"""Both have agreed; it never changes any more."""

DESCRIPTION = Machine(
    "job description",
    DescriptionStatus,
    [
        Move.of("put", S.DRAFT, S.PUT, say_later("Put it to headteacher and AST"), "OH/Co"),
        Move.of("agree_first", S.PUT, S.HALF_AGREED, "Agree to it", "OH/AST"),
        Move.of("agree_last", S.HALF_AGREED, S.IN_FORCE, "Agree to it", "OH/AST"),
        Move.of("send_back", DESCRIPTION_WAITS, S.DRAFT, "Send it back", "OH/AST"),
        Move.of("take_back", DESCRIPTION_WAITS, S.DRAFT, "Take it back to change it", "OH/Co, or Sys on a move"),
        Move.of("withdraw", DESCRIPTION_OPEN, S.WITHDRAWN, "Withdraw it", "OH/Co"),
        Move.of("supersede", S.IN_FORCE, S.SUPERSEDED, "A later version is agreed", "Sys"),
    ],
    colours={
        S.DRAFT: "grey",
        S.PUT: "yellow",
        S.HALF_AGREED: "yellow",
        S.IN_FORCE: "green",
        S.SUPERSEDED: "grey",
        S.WITHDRAWN: "grey",
    },
)
