"""States of a request, and how it moves between them (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class RequestStatus(models.TextChoices):
    DRAFT = "draft", "Draft, not sent yet"
    AWAITING_CONFIRMATION = "awaiting_confirmation", "Waiting for the headteacher to confirm"
    SUBMITTED = "submitted", say_later("Waiting for the co-ordinator to read it")
    UNDER_REVIEW = "under_review", say_later("Co-ordinator is looking for an AST")
    RETURNED = "returned", "Waiting for the headteacher’s answers"
    WAITING = "waiting", say_later("On the waiting list, co-ordinator looks again")
    PROPOSED = "proposed", "Waiting for answers to a proposed match"
    AGREED = "agreed", say_later("Match agreed, placement follows")
    PLACED = "placed", say_later("Placement made")
    DECLINED = "declined", say_later("Declined by the co-ordinator")
    REFERRED = "referred", "Referred to other help"
    WITHDRAWN = "withdrawn", "Withdrawn by the school"


R = RequestStatus
REQUEST_OPEN = frozenset({R.AWAITING_CONFIRMATION, R.SUBMITTED, R.UNDER_REVIEW, R.RETURNED, R.WAITING, R.PROPOSED})
"""Still alive: somebody has something to do."""
REQUEST_WITH_COORDINATOR = frozenset({R.SUBMITTED, R.UNDER_REVIEW, R.WAITING})
"""The co-ordinator may act: the queue."""
REQUEST_BEFORE_MATCH = frozenset({R.AWAITING_CONFIRMATION, R.SUBMITTED, R.UNDER_REVIEW, R.RETURNED, R.WAITING})
"""Sent, and no AST has been asked: the school can still be corrected."""
REQUEST_CONFIRMED = REQUEST_BEFORE_MATCH - {R.AWAITING_CONFIRMATION}
REQUEST_EDITABLE = frozenset({R.DRAFT, R.RETURNED, R.AWAITING_CONFIRMATION})
"""The head may still change the answers: also those that the office entered, before confirming them."""

REQUEST = Machine(
    "request",
    RequestStatus,
    [
        Move.of("submit", [R.DRAFT, R.RETURNED], R.SUBMITTED, "Send the request", "HH"),
        Move.of("enter", R.DRAFT, R.AWAITING_CONFIRMATION, "Ask the headteacher to confirm", "Co/Ad"),
        Move.of("confirm", R.AWAITING_CONFIRMATION, R.SUBMITTED, "Confirm the request", "HH"),
        Move.of("unsend", R.SUBMITTED, R.DRAFT, "Take it back to change it", "HH"),
        Move.of("unconfirm", R.SUBMITTED, R.AWAITING_CONFIRMATION, "Take the confirmation back", "HH"),
        Move.of("reconfirm", REQUEST_CONFIRMED, R.AWAITING_CONFIRMATION, "Ask the right school to confirm", "Co"),
        Move.of("review", [R.SUBMITTED, R.WAITING], R.UNDER_REVIEW, "Take it up", "Co"),
        Move.of("return", [R.SUBMITTED, R.UNDER_REVIEW, R.WAITING], R.RETURNED, "Return with questions", "Co"),
        Move.of("wait", [R.SUBMITTED, R.UNDER_REVIEW], R.WAITING, "Put on the waiting list", "Co"),
        Move.of("decline", [R.SUBMITTED, R.UNDER_REVIEW, R.WAITING], R.DECLINED, "Decline", "Co"),
        Move.of("refer", [R.SUBMITTED, R.UNDER_REVIEW, R.WAITING], R.REFERRED, "Refer elsewhere", "Co"),
        Move.of("propose", [R.SUBMITTED, R.UNDER_REVIEW, R.WAITING], R.PROPOSED, "Propose a match", "Co"),
        Move.of("unmatch", R.PROPOSED, R.UNDER_REVIEW, "Reopen after a no or a lapse", "Sys"),
        Move.of("agree", R.PROPOSED, R.AGREED, "Record three yeses", "Sys"),
        Move.of("place", R.AGREED, R.PLACED, say_later("Make the placement"), "Sys"),
        Move.of("take_in", R.DRAFT, R.PLACED, "Enter with what was agreed before this system", "Co"),
        Move.of("reopen", R.PLACED, R.UNDER_REVIEW, say_later("Reopen, its placement did not begin"), "Sys"),
        Move.of("settle", REQUEST_WITH_COORDINATOR, R.PLACED, "Leave it at the days agreed", "Co"),
        Move.of("withdraw_rest", REQUEST_OPEN, R.PLACED, "Withdraw the days still open", "HH"),
        Move.of("withdraw", REQUEST_OPEN | {R.DRAFT}, R.WITHDRAWN, "Withdraw the request", "HH"),
    ],
    colours={
        R.DRAFT: "grey",
        R.AWAITING_CONFIRMATION: "yellow",
        R.SUBMITTED: "blue",
        R.UNDER_REVIEW: "blue",
        R.RETURNED: "yellow",
        R.WAITING: "yellow",
        R.PROPOSED: "yellow",
        R.AGREED: "green",
        R.PLACED: "green",
        R.DECLINED: "red",
        R.REFERRED: "grey",
        R.WITHDRAWN: "grey",
    },
)


class Route(models.TextChoices):
    """How the request reached the authority (R-5.6)."""

    LETTER = "letter", "Reply to the letter"
    ONLINE = "online", "Online"
    DIRECT = "direct", "Direct from the school, by call or talk"
    HEAD_OF_IMPROVEMENT = "improvement", "Head of school improvement"
    OTHER_STAFF = "other_staff", say_later("Other authority staff")
    DATA = "data", "Offer that followed from data"
    INSPECTION = "inspection", "Inspection"
    BEFORE = "before", "Agreed before this system"
    """Nobody asks by it: the request of a placement that was under way already (R-17.4)."""


class Evidence(models.TextChoices):
    """Where the need shows (R-6.1)."""

    INSPECTION = "inspection", "Inspection report"
    PLAN = "plan", "School improvement plan"
    OWN_VIEW = "own_view", "Our own view"
    DATA = "data", "Results and other data"


class Ending(models.TextChoices):
    """Why a request ended without a placement, or waits (coded: they are different things)."""

    NO_EXPERTISE = "no_expertise", say_later("No AST has the expertise asked for")
    NO_DAYS = "no_days", say_later("No AST has days left in the weeks asked for")
    POLICY = "policy", "Outside what the scheme may do"
    UNREALISTIC = "unrealistic", "The aims need more than the days asked for"
    BETTER_ELSEWHERE = "better_elsewhere", "Another source of help suits better"
    NOT_NEEDED = "not_needed", "No longer needed"
    TIMING = "timing", "The dates no longer suit"
    OTHER = "other", "Another reason"


class StaffKind(models.TextChoices):
    TEACHER = "teacher", "Teacher"
    SUBJECT_LEADER = "subject_leader", "Subject leader"
    NQT = "nqt", "Newly qualified teacher"
    TRAINEE = "trainee", "Trainee teacher"
    TEACHING_ASSISTANT = "teaching_assistant", "Teaching assistant"
    GROUP = "group", "Group of staff"


class Selection(models.TextChoices):
    """How the person was chosen (R-6.10)."""

    SELF = "self", "Volunteered"
    HEAD = "head", "Recommended by the headteacher"
    AUTHORITY = "authority", say_later("Asked by the authority")


CAPABILITY = "capability"
"""Asked beside the situations so that it can be refused at once (R-6.7), and never stored."""


class Situation(models.TextChoices):
    """What the head states of the person's situation (R-6.7); `CAPABILITY` is none of them."""

    NONE = "none", "No difficulty"
    SOME = "some", "Some difficulty"
    SERIOUS = "serious", "Serious difficulty"


IN_DIFFICULTY = frozenset({Situation.SOME, Situation.SERIOUS})
"""Declarations that call for a safeguard (R-6.9)."""
