"""States, named sets of states and the transition tables of the main road (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


class RoundStatus(models.TextChoices):
    BUILT = "built", "Waiting for the co-ordinator’s approval"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    CANCELLED = "cancelled", "Cancelled"


ROUND = Machine(
    "letter round",
    RoundStatus,
    [
        Move.of("approve", RoundStatus.BUILT, RoundStatus.SENDING, "Approve and send", "Co, or auto by policy"),
        Move.of("cancel", RoundStatus.BUILT, RoundStatus.CANCELLED, "Cancel this round", "Co"),
        Move.of("finish", RoundStatus.SENDING, RoundStatus.SENT, "All letters are out", "Sys"),
        Move.of("reopen", RoundStatus.SENT, RoundStatus.SENDING, "Try failed letters again", "Co"),
    ],
    colours={
        RoundStatus.BUILT: "yellow",
        RoundStatus.SENDING: "blue",
        RoundStatus.SENT: "green",
        RoundStatus.CANCELLED: "grey",
    },
)


class RequestStatus(models.TextChoices):
    DRAFT = "draft", "Draft, not sent yet"
    AWAITING_CONFIRMATION = "awaiting_confirmation", "Waiting for the headteacher to confirm"
    SUBMITTED = "submitted", "Waiting for the co-ordinator to read it"
    UNDER_REVIEW = "under_review", "Co-ordinator is looking for an AST"
    RETURNED = "returned", "Waiting for the headteacher’s answers"
    WAITING = "waiting", "On the waiting list, co-ordinator looks again"
    PROPOSED = "proposed", "Waiting for answers to a proposed match"
    AGREED = "agreed", "Match agreed, placement follows"
    PLACED = "placed", "Placement made"
    DECLINED = "declined", "Declined by the co-ordinator"
    REFERRED = "referred", "Referred to other help"
    WITHDRAWN = "withdrawn", "Withdrawn by the school"


R = RequestStatus
REQUEST_OPEN = frozenset({R.AWAITING_CONFIRMATION, R.SUBMITTED, R.UNDER_REVIEW, R.RETURNED, R.WAITING, R.PROPOSED})
"""Still alive: somebody has something to do."""
REQUEST_WITH_COORDINATOR = frozenset({R.SUBMITTED, R.UNDER_REVIEW, R.WAITING})
"""The co-ordinator may act: the queue."""
REQUEST_EDITABLE = frozenset({R.DRAFT, R.RETURNED, R.AWAITING_CONFIRMATION})
"""The head may still change the answers: also those that the office entered, before confirming them."""

REQUEST = Machine(
    "request",
    RequestStatus,
    [
        Move.of("submit", [R.DRAFT, R.RETURNED], R.SUBMITTED, "Send the request", "HH"),
        Move.of("enter", R.DRAFT, R.AWAITING_CONFIRMATION, "Ask the headteacher to confirm", "Co/Ad"),
        Move.of("confirm", R.AWAITING_CONFIRMATION, R.SUBMITTED, "Confirm the request", "HH"),
        Move.of("review", [R.SUBMITTED, R.WAITING], R.UNDER_REVIEW, "Take it up", "Co"),
        Move.of("return", [R.SUBMITTED, R.UNDER_REVIEW, R.WAITING], R.RETURNED, "Return with questions", "Co"),
        Move.of("wait", [R.SUBMITTED, R.UNDER_REVIEW], R.WAITING, "Put on the waiting list", "Co"),
        Move.of("decline", [R.SUBMITTED, R.UNDER_REVIEW, R.WAITING], R.DECLINED, "Decline", "Co"),
        Move.of("refer", [R.SUBMITTED, R.UNDER_REVIEW, R.WAITING], R.REFERRED, "Refer elsewhere", "Co"),
        Move.of("propose", [R.SUBMITTED, R.UNDER_REVIEW, R.WAITING], R.PROPOSED, "Propose a match", "Co"),
        Move.of("unmatch", R.PROPOSED, R.UNDER_REVIEW, "Reopen after a no or a lapse", "Sys"),
        Move.of("agree", R.PROPOSED, R.AGREED, "Record three yeses", "Sys"),
        Move.of("place", R.AGREED, R.PLACED, "Make the placement", "Sys"),
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


class MatchStatus(models.TextChoices):
    PROPOSED = "proposed", "Waiting for answers"
    AGREED = "agreed", "Agreed by everybody asked"
    REFUSED = "refused", "Ended by a no"
    EXPIRED = "expired", "Lapsed, an answer did not come"
    CANCELLED = "cancelled", "Taken back with the request"


MATCH_LIVE = frozenset({MatchStatus.PROPOSED, MatchStatus.AGREED})

MATCH = Machine(
    "match",
    MatchStatus,
    [
        Move.of("agree", MatchStatus.PROPOSED, MatchStatus.AGREED, "Record three yeses", "AST, OH, Co"),
        Move.of("refuse", MatchStatus.PROPOSED, MatchStatus.REFUSED, "Say no", "AST, OH or Co"),
        Move.of("expire", MatchStatus.PROPOSED, MatchStatus.EXPIRED, "Let it lapse", "Sys"),
        Move.of("cancel", MatchStatus.PROPOSED, MatchStatus.CANCELLED, "Cancel with the request", "Sys"),
    ],
    colours={
        MatchStatus.PROPOSED: "yellow",
        MatchStatus.AGREED: "green",
        MatchStatus.REFUSED: "red",
        MatchStatus.EXPIRED: "grey",
        MatchStatus.CANCELLED: "grey",
    },
)


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


class DayStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    CONFIRMED = "confirmed", "Confirmed by the host school"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


DAY_OPEN = frozenset({DayStatus.PLANNED, DayStatus.CONFIRMED})
"""Neither written up nor called off."""
DAY_COUNTS = DAY_OPEN | {DayStatus.DONE}
"""Days that use the weekly cap."""

DAY = Machine(
    "outreach day",
    DayStatus,
    [
        Move.of("confirm", DayStatus.PLANNED, DayStatus.CONFIRMED, "Confirm the day", "HH"),
        Move.of("do", [DayStatus.PLANNED, DayStatus.CONFIRMED], DayStatus.DONE, "Write the diary", "AST"),
        Move.of("cancel", [DayStatus.PLANNED, DayStatus.CONFIRMED], DayStatus.CANCELLED, "Cancel the day", "AST/HH"),
    ],
    colours={
        DayStatus.PLANNED: "blue",
        DayStatus.CONFIRMED: "blue",
        DayStatus.DONE: "green",
        DayStatus.CANCELLED: "grey",
    },
)


class PriorityState(models.TextChoices):
    """How a priority of the authority stands on a day: read from its years and whether it is retired, never stored."""

    RUNS = "runs", "Runs now"
    TO_COME = "to_come", "Still to come"
    ENDED = "ended", "Ended"
    RETIRED = "retired", "Retired"


class PlanStatus(models.TextChoices):
    QUEUED = "queued", "Waiting for the worker"
    RUNNING = "running", "Being worked out"
    READY = "ready", "Ready, proved best"
    TIMED_OUT = "timed_out", "Ready, but the time ran out"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
    PART_ACCEPTED = "part_accepted", "Accepted in part"
    ACCEPTED = "accepted", "Accepted"
    SUPERSEDED = "superseded", "A newer plan has taken its place"


L = PlanStatus
PLAN_UNDER_WAY = frozenset({L.QUEUED, L.RUNNING})
"""The worker has it, or will."""
PLAN_ACCEPTABLE = frozenset({L.READY, L.TIMED_OUT, L.PART_ACCEPTED})
"""Its lines may become matches."""
PLAN_MADE = PLAN_ACCEPTABLE | {L.ACCEPTED, L.SUPERSEDED}
"""There is a result, which never changes any more."""

PLAN = Machine(
    "deployment plan",
    PlanStatus,
    [
        Move.of("claim", L.QUEUED, L.RUNNING, "Begin", "Sys"),
        Move.of("requeue", L.RUNNING, L.QUEUED, "Begin again: the worker fell silent", "Sys"),
        Move.of("finish", L.RUNNING, L.READY, "Proved best", "Sys"),
        Move.of("run_out", L.RUNNING, L.TIMED_OUT, "Best found in the time", "Sys"),
        Move.of("fail", PLAN_UNDER_WAY, L.FAILED, "Give up", "Sys"),
        Move.of("cancel", PLAN_UNDER_WAY, L.CANCELLED, "Cancel the plan", "Co"),
        Move.of("accept_part", PLAN_ACCEPTABLE, L.PART_ACCEPTED, "Accept some of it", "Co"),
        Move.of("accept_all", PLAN_ACCEPTABLE, L.ACCEPTED, "Accept all of it", "Co"),
        Move.of("supersede", PLAN_ACCEPTABLE, L.SUPERSEDED, "Give way to a newer plan", "Sys"),
    ],
    colours={
        L.QUEUED: "blue",
        L.RUNNING: "yellow",
        L.READY: "green",
        L.TIMED_OUT: "yellow",
        L.FAILED: "red",
        L.CANCELLED: "grey",
        L.PART_ACCEPTED: "blue",
        L.ACCEPTED: "green",
        L.SUPERSEDED: "grey",
    },
)
