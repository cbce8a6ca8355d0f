"""States of a proposal to second a teacher, and of the secondment that comes of it (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class ProposalStatus(models.TextChoices):
    DRAFT = "draft", "Draft: the school is writing it"
    SUBMITTED = "submitted", "Submitted: waits for the adviser"
    ENDORSED = "endorsed", say_later("Endorsed: waits for the co-ordinator")
    NOT_ENDORSED = "not_endorsed", say_later("Not endorsed: waits for the co-ordinator")
    APPROVED = "approved", "Approved: waits to begin"
    WAITING = "waiting", "On the waiting list"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ASPIRING = "aspiring", "Seconded, not yet assessed"
    ASSESSED = "assessed", "Seconded, assessed"
    EXTENDED = "extended", "Seconded, extended"
    RETURNED = "returned", "Ended: back in the substantive post"
    SCHOOL_POST = "school_post", "Ended: in a post that the school pays"


class Met(models.TextChoices):
    """How the adviser came to know somebody (R-2.14)."""

    OBSERVED = "observed", "Watched teaching"
    TALKED = "talked", "Talked with"
    BOTH = "both", "Watched teaching, and talked with"


class Ending(models.TextChoices):
    """What becomes of a secondment that is nearly over (R-2.17)."""

    RETURN = "return", "Back to the substantive post"
    SCHOOL = "school", "Another post, which the school pays"
    EXTEND = "extend", "An extension, for an exceptional reason"


class PreparationKind(models.TextChoices):
    PLANNED = "planned", "Planned"
    DONE = "done", "Done"


S = ProposalStatus

WITH_AUTHORITY = frozenset({S.SUBMITTED, S.ENDORSED, S.NOT_ENDORSED, S.WAITING})
"""The school has sent it, and nothing is decided for good."""
TO_DECIDE = frozenset({S.ENDORSED, S.NOT_ENDORSED})
DECIDED = frozenset({S.APPROVED, S.WAITING, S.DECLINED})
"""Of each the school has a letter (R-2.15)."""
RUNNING = frozenset({S.ASPIRING, S.ASSESSED, S.EXTENDED})
TAKES_A_PLACE = RUNNING | {S.APPROVED}
"""Counts against the most that there may be (R-2.16)."""
OVER = frozenset({S.RETURNED, S.SCHOOL_POST})
PROPOSAL = Machine(
    "secondment proposal",
    ProposalStatus,
    [
        Move.of("submit", S.DRAFT, S.SUBMITTED, "Submit the proposal", "OH, before closing"),
        Move.of("recall", S.SUBMITTED, S.DRAFT, "Take it back to change it", "OH, before closing"),
        Move.of("endorse", S.SUBMITTED, S.ENDORSED, "Endorse", "LC"),
        Move.of("not_endorse", S.SUBMITTED, S.NOT_ENDORSED, "Do not endorse", "LC"),
        Move.of("approve", [S.ENDORSED, S.WAITING], S.APPROVED, "Approve", "Co"),
        Move.of("wait", S.ENDORSED, S.WAITING, "Put on the waiting list", "Co"),
        Move.of("decline", [S.ENDORSED, S.NOT_ENDORSED, S.WAITING], S.DECLINED, "Decline", "Co"),
        Move.of("reconsider", [*TO_DECIDE, *DECIDED], S.SUBMITTED, "Ask the adviser again", "Co"),
        Move.of("withdraw", [S.DRAFT, *WITH_AUTHORITY, S.APPROVED], S.WITHDRAWN, "Withdraw", "OH"),
        Move.of("begin", S.APPROVED, S.ASPIRING, "Begin the secondment", "Co"),
        Move.of("pass", S.ASPIRING, S.ASSESSED, "Record the pass", "Co"),
        Move.of("extend", RUNNING, S.EXTENDED, "Extend", "Co+OH"),
        Move.of("return", RUNNING, S.RETURNED, "Return to the substantive post", "Co+OH"),
        Move.of("resume_aspiring", OVER, S.ASPIRING, "Take the ending back", "Co"),
        Move.of("resume", OVER, S.ASSESSED, "Take the ending back", "Co"),
        Move.of("keep", [S.ASSESSED, S.EXTENDED], S.SCHOOL_POST, "Go on in a post that the school pays", "Co+OH"),
    ],
    colours={
        S.DRAFT: "grey",
        S.SUBMITTED: "blue",
        S.ENDORSED: "yellow",
        S.NOT_ENDORSED: "yellow",
        S.APPROVED: "green",
        S.WAITING: "yellow",
        S.DECLINED: "red",
        S.WITHDRAWN: "grey",
        S.ASPIRING: "green",
        S.ASSESSED: "green",
        S.EXTENDED: "green",
        S.RETURNED: "grey",
        S.SCHOOL_POST: "grey",
    },
)
