"""States of a placement from the meeting to the end, and the sets of them that have a name (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class PlacementStatus(models.TextChoices):
    PLANNED = "planned", "Waiting for the preliminary meeting"
    PRELIMINARY_HELD = "preliminary_held", "Working through the protocol"
    PROTOCOL_AGREED = "protocol_agreed", "Ready for the contract"
    CONTRACT_ISSUED = "contract_issued", "Contract issued, nobody has signed yet"
    AWAITING_SIGNATURES = "awaiting_signatures", "Waiting for signatures"
    SIGNED = "signed", "Signed, not yet active"
    ACTIVE = "active", "Active"
    FINAL_EVALUATION = "final_evaluation", "Final evaluation"
    COMPLETED = "completed", "Completed"
    RETURN_DUE = "return_due", "Completed, return visit to come"
    RETURN_DONE = "return_done", "Completed, return visit done"
    ENDED_EARLY = "ended_early", "Ended early"
    CLOSED = "closed", "Closed"


P = PlacementStatus
PLACEMENT_OUT_FOR_SIGNATURE = frozenset({P.CONTRACT_ISSUED, P.AWAITING_SIGNATURES})
PLACEMENT_UNDER_CONTRACT = PLACEMENT_OUT_FOR_SIGNATURE | {P.SIGNED, P.ACTIVE, P.FINAL_EVALUATION}
"""Days of the AST's year are committed to it."""
PLACEMENT_OPEN = PLACEMENT_UNDER_CONTRACT | {P.PLANNED, P.PRELIMINARY_HELD, P.PROTOCOL_AGREED}
PLACEMENT_BEFORE_CONTRACT = PLACEMENT_OPEN - PLACEMENT_UNDER_CONTRACT
"""The people supported may still change what they commit to (R-6.11)."""
PLACEMENT_UNDER_WAY = frozenset({P.ACTIVE, P.FINAL_EVALUATION})
"""Outreach days are planned and written up (R-8.13)."""
PLACEMENT_PREPARING = frozenset({P.PRELIMINARY_HELD, P.PROTOCOL_AGREED})
"""The protocol and the terms may be changed freely; afterwards a change makes a new version (R-8.12)."""
PLACEMENT_REISSUABLE = PLACEMENT_OUT_FOR_SIGNATURE | {P.SIGNED}
"""A change now makes a new version and voids the signatures (R-8.12)."""
PLACEMENT_COMPLETED = frozenset({P.COMPLETED, P.RETURN_DUE, P.RETURN_DONE})
"""Over in the way that was agreed, and not closed yet."""
PLACEMENT_OVER = (P.COMPLETED, P.RETURN_DUE, P.RETURN_DONE, P.ENDED_EARLY, P.CLOSED)
"""No outreach day is to come. When time began to run is another question: `Placement.over_on`."""
PLACEMENT_RUNNING = PLACEMENT_OPEN - {P.PLANNED}
"""Facts of conduct, such as a first talk held, may be recorded."""

PLACEMENT = Machine(
    "placement",
    PlacementStatus,
    [
        Move.of("hold_preliminary", P.PLANNED, P.PRELIMINARY_HELD, "Record the preliminary meeting", "Co"),
        Move.of("agree_protocol", P.PRELIMINARY_HELD, P.PROTOCOL_AGREED, "Confirm the protocol", "Co"),
        Move.of("reopen_protocol", P.PROTOCOL_AGREED, P.PRELIMINARY_HELD, "Reopen the protocol", "Co"),
        Move.of("issue", P.PROTOCOL_AGREED, P.CONTRACT_ISSUED, "Issue the contract", "Co"),
        Move.of(
            "reissue",
            PLACEMENT_REISSUABLE,
            P.CONTRACT_ISSUED,
            "Issue a new version",
            "Co",
        ),
        Move.of(
            "sign",
            [P.CONTRACT_ISSUED, P.AWAITING_SIGNATURES],
            P.AWAITING_SIGNATURES,
            "Sign",
            say_later("HH, AST, Co, OH"),
        ),
        Move.of("unsign", P.AWAITING_SIGNATURES, P.CONTRACT_ISSUED, "Take the only signature back", "who signed"),
        Move.of("sign_last", [P.CONTRACT_ISSUED, P.AWAITING_SIGNATURES], P.SIGNED, "Sign, as the last", "last signer"),
        Move.of("activate", P.SIGNED, P.ACTIVE, "Make active", "Sys checks R-8.13"),
        Move.of("take_in", P.PLANNED, P.ACTIVE, "Enter as agreed before this system", "Co"),
        Move.of("evaluate", P.ACTIVE, P.FINAL_EVALUATION, "Open the final evaluation", "Sys or Co"),
        Move.of(
            "resume",
            P.FINAL_EVALUATION,
            P.ACTIVE,
            say_later("Go on with the placement"),
            "Co, or Sys when it is extended",
        ),
        Move.of("complete", P.FINAL_EVALUATION, P.COMPLETED, "Complete", "Co"),
        Move.of("reopen", P.COMPLETED, P.FINAL_EVALUATION, "Take the completion back", "Co"),
        Move.of("await_return", P.COMPLETED, P.RETURN_DUE, "Wait for the return visit", "Sys"),
        Move.of("record_return", P.RETURN_DUE, P.RETURN_DONE, "Record the return visit", "Sys"),
        Move.of("drop_return", P.RETURN_DUE, P.COMPLETED, "Call off the return visit", "Sys, when Co cancels it"),
        Move.of(
            "end_early",
            [P.SIGNED, P.ACTIVE, P.FINAL_EVALUATION],
            P.ENDED_EARLY,
            "End early",
            say_later("HH or AST alone; Co records"),
        ),
        Move.of("take_back", P.ENDED_EARLY, P.ACTIVE, "Take the early end back", "Co"),
        Move.of("take_back_unbegun", P.ENDED_EARLY, P.SIGNED, "Take back the end before it was active", "Co"),
        Move.of("close", [P.COMPLETED, P.RETURN_DONE, P.ENDED_EARLY], P.CLOSED, "Close", "Co or Sys"),
        Move.of("undo_taking_in", P.ACTIVE, P.CLOSED, "Take back what was entered by mistake", "Co"),
        Move.of(
            "abandon",
            (PLACEMENT_OPEN - {P.FINAL_EVALUATION}),
            P.CLOSED,
            "Abandon before it starts",
            "Co",
        ),
    ],
    colours={
        P.PLANNED: "blue",
        P.PRELIMINARY_HELD: "blue",
        P.PROTOCOL_AGREED: "blue",
        P.CONTRACT_ISSUED: "yellow",
        P.AWAITING_SIGNATURES: "yellow",
        P.SIGNED: "yellow",
        P.ACTIVE: "green",
        P.FINAL_EVALUATION: "yellow",
        P.COMPLETED: "green",
        P.RETURN_DUE: "yellow",
        P.RETURN_DONE: "green",
        P.ENDED_EARLY: "grey",
        P.CLOSED: "grey",
    },
)


class EndReason(models.TextChoices):
    """Why a placement ended early, in the words that a notice may carry (R-15.5, N20): nobody is named by them."""

    STAFFING = "staffing", "Staffing at one of the schools has changed"
    AIMS_MET = "aims_met", "The aims were met sooner than expected"
    PRIORITIES = "priorities", "The school’s priorities have changed"
    TIME = "time", "The time or the cover could not be found"
    NOT_SUITED = "not_suited", "The work did not suit what was needed"
    OTHER = "other", "Another reason"


class Cover(models.TextChoices):
    """How the home school covers the AST's class (R-4.12)."""

    REDEPLOYED = "redeployed", "Staff redeployed within the school"
    PART_TIME = "part_time", "Part-time appointment"
    RETIRED = "retired", "Retired teacher, part-time"
    EXTRA_DAY = "extra_day", "Extra day for a part-time teacher"
    FLOATING = "floating", "Floating teacher"
    TIMETABLE = "timetable", "The timetable leaves the day free"
    SUPPLY = "supply", "Daily supply"
    HEAD = "head", "The headteacher"


class ReviewKind(models.TextChoices):
    """What a date that is fixed in advance is for (P4, P6, P9)."""

    SCHOOL_EVALUATION = "school_evaluation", "Evaluation by the head and the supported staff"
    REVIEW_MEETING = "review_meeting", "Review meeting"
    RESERVED_DAY = "reserved_day", "Outreach day with time kept for review"
    FINAL_EVALUATION = "final_evaluation", say_later("Final evaluation with the co-ordinator")
