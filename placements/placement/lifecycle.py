"""States of a placement from the meeting to the end, and the sets of them that have a name (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


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
PLACEMENT_OVER = (P.COMPLETED, P.ENDED_EARLY, P.CLOSED)
"""Time runs from the last of these: one that nobody remembers to close is not kept for ever."""
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
        Move.of("sign", [P.CONTRACT_ISSUED, P.AWAITING_SIGNATURES], P.AWAITING_SIGNATURES, "Sign", "HH, AST, Co, OH"),
        Move.of("sign_last", [P.CONTRACT_ISSUED, P.AWAITING_SIGNATURES], P.SIGNED, "Sign, as the last", "last signer"),
        Move.of("activate", P.SIGNED, P.ACTIVE, "Make active", "Sys checks R-8.13"),
        Move.of("end_early", [P.SIGNED, P.ACTIVE], P.ENDED_EARLY, "End early", "HH or AST alone; Co records"),
        Move.of("evaluate", P.ACTIVE, P.FINAL_EVALUATION, "Open the final evaluation", "Co"),
        Move.of("complete", P.FINAL_EVALUATION, P.COMPLETED, "Complete", "Co"),
        Move.of("close", [P.ENDED_EARLY, P.COMPLETED], P.CLOSED, "Close", "Co"),
        Move.of(
            "abandon",
            [P.PLANNED, P.PRELIMINARY_HELD, P.PROTOCOL_AGREED, P.CONTRACT_ISSUED, P.AWAITING_SIGNATURES],
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
        P.ENDED_EARLY: "grey",
        P.CLOSED: "grey",
    },
)


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
    FINAL_EVALUATION = "final_evaluation", "Final evaluation with the co-ordinator"
