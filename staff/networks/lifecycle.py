"""States of a network meeting, its kinds, and what its agenda is for (R-3.13)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class MeetingStatus(models.TextChoices):
    DRAFT = "draft", "Being prepared: nobody is invited yet"
    INVITED = "invited", "Invitations sent"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class MeetingKind(models.TextChoices):
    """Whom it brings together."""

    CROSS_PHASE = "cross_phase", "Cross-phase"
    PHASE = "phase", "One phase"
    SUBJECT = "subject", "One subject"
    CLUSTER = "cluster", "One cluster of schools"


class Purpose(models.TextChoices):
    """What an item of the agenda is for."""

    SUPPORT = "support", "Support for each other"
    PRACTICE = "practice", "Sharing practice"
    ISSUES = "issues", "Issues that have come up"
    JOINT_WORK = "joint_work", "Joint work"
    CPD_NEEDS = "cpd_needs", say_later("What ASTs need to learn")
    NATIONAL = "national", "National initiatives"
    STRATEGY = "strategy", "Checking the strategy"
    IMPACT = "impact", "Impact of outreach"


class Reply(models.TextChoices):
    """What an AST says to the invitation."""

    NONE = "none", "No answer yet"
    COMING = "coming", "Comes"
    APOLOGIES = "apologies", "Sends apologies"


S = MeetingStatus

ANNOUNCED = frozenset({S.INVITED, S.HELD, S.CANCELLED})
"""Those who were invited know of it."""
COUNTS = frozenset({S.INVITED, S.HELD})
"""A term has a meeting: it was held, or people are invited to it."""
AHEAD = frozenset({S.DRAFT, S.INVITED})
"""It can still be worded otherwise."""
NETWORK_MEETING = Machine(
    "network meeting",
    MeetingStatus,
    [
        Move.of("invite", S.DRAFT, S.INVITED, "Send the invitations", "Co/LC"),
        Move.of("hold", S.INVITED, S.HELD, "Record who was there", "Co/LC"),
        Move.of("reopen", S.HELD, S.INVITED, "It was not held after all", "Co/LC"),
        Move.of("cancel", AHEAD, S.CANCELLED, "Cancel the meeting", "Co/LC"),
    ],
    colours={S.DRAFT: "grey", S.INVITED: "blue", S.HELD: "green", S.CANCELLED: "grey"},
)
