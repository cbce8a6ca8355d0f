"""States of a deployment plan (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


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
