"""The life of an AST post once somebody is named for it (requirements E); what goes before is an `Opening`."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class PostStatus(models.TextChoices):
    CANDIDATE = "candidate", "Candidate"
    SECONDED = "seconded", "Seconded, not yet assessed"
    BOOKED = "booked", "Assessment booked"
    PASSED = "passed", "Passed"
    IN_POST = "in_post", "In post"
    LEFT = "left", "Left"
    CLOSED = "closed", "Closed"


POST_KNOWN = frozenset({PostStatus.IN_POST, PostStatus.LEFT})
"""Is or was an AST. Whoever is on the way there is for the co-ordinator, the own school and the group (section G*)."""
OFFICE_MOVES = frozenset({"leave", "stay"})
"""What the whole office records of a post, and reads; the moves before are the co-ordinator's (section G*)."""

ON_THE_WAY = frozenset({PostStatus.CANDIDATE, PostStatus.SECONDED, PostStatus.BOOKED, PostStatus.PASSED})
"""Named for the post, and not in it yet."""
LET_OUT = frozenset({PostStatus.SECONDED, PostStatus.PASSED})
"""Of these, where a secondment grant pays, a policy may let people do outreach (R-2.17, R-7.2)."""
POST_OVER = frozenset({PostStatus.LEFT, PostStatus.CLOSED})
"""Held no longer, or never held: neither wanted nor on the way."""
CORRECTIONS = {
    PostStatus.CANDIDATE: "correct_to_candidate",
    PostStatus.BOOKED: "correct_to_booked",
    PostStatus.PASSED: "correct_to_passed",
}
"""The co-ordinator’s reasoned corrections by the stage that they lead to (R-2.1)."""
SOURCES = {
    PostStatus.CANDIDATE: (PostStatus.BOOKED, PostStatus.PASSED, PostStatus.CLOSED),
    PostStatus.BOOKED: (PostStatus.PASSED,),
    PostStatus.PASSED: (PostStatus.CANDIDATE, PostStatus.IN_POST),
}
"""And those that they lead from: what is wrong is taken back, the first day in post too, and only an assessment that
nobody booked is skipped."""
CAPACITY_PASSED = "Capacity passed"
NAMED, CHANGED, CORRECTED = "Candidate named", "Candidature changed", "Appointment corrected"
BOOKED, ASSESSED = "Assessment booked", "Assessment recorded"
STARRED_VERBS = (CAPACITY_PASSED, NAMED, CHANGED, CORRECTED, BOOKED, ASSESSED)
"""What the audit trail says of how somebody came into post, beside the moves: for the co-ordinator (section G*)."""


class Destination(models.TextChoices):
    """Where an AST goes who leaves the post (R-3.16)."""

    DEPUTY = "deputy", "Deputy headteacher"
    HEAD = "head", "Headteacher"
    LEADERSHIP = "leadership", "Leadership team of the own school"
    AST_ELSEWHERE = "elsewhere", say_later("AST elsewhere")
    SUBSTANTIVE = "substantive", "Substantive post"
    OTHER = "other", "Other"


class AbsenceKind(models.TextChoices):
    """Why an AST is away, as coarsely as the office needs it."""

    FAMILY = "family", "Maternity, paternity or family leave"
    ILLNESS = "illness", "Illness"
    LEAVE = "leave", "Leave of some days"
    TRAINING = "training", "Training"
    SECONDMENT = "secondment", "Secondment"
    OTHER = "other", "Another reason"


S = PostStatus

POST = Machine(
    say_later("AST post"),
    PostStatus,
    [
        Move.of("second", S.CANDIDATE, S.SECONDED, "Record the secondment", "Co"),
        Move.of("book", S.CANDIDATE, S.BOOKED, "Book the assessment", "Co"),
        Move.of("pass", [S.BOOKED, S.SECONDED], S.PASSED, "Record a pass", "Co"),
        Move.of("fail", S.BOOKED, S.CANDIDATE, "Record a fail", "Co"),
        Move.of("appoint", S.PASSED, S.IN_POST, "Record as in post", "Co"),
        Move.of(
            "leave", S.IN_POST, S.LEFT, say_later("Record that the AST has left"), "Co/Ad, or Sys after the last day"
        ),
        Move.of("stay", S.LEFT, S.IN_POST, "Take the leaving back", "Co/Ad"),
        Move.of("close", ON_THE_WAY, S.CLOSED, "Close", "Co/OH"),
        *(
            Move.of(name, SOURCES[stage], stage, f"Correct the stage to “{stage.label}”", "Co, reason")
            for stage, name in CORRECTIONS.items()
        ),
    ],
    colours={
        S.CANDIDATE: "blue",
        S.SECONDED: "blue",
        S.BOOKED: "yellow",
        S.PASSED: "yellow",
        S.IN_POST: "green",
        S.LEFT: "grey",
        S.CLOSED: "grey",
    },
)
