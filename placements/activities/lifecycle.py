"""Kinds of AST work that belong to no placement, where inreach takes its time from, and the states of its agreement."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class ActivityKind(models.TextChoices):
    """R-6.14, R-4.13."""

    AUTHORITY = "authority", say_later("Work for the authority, such as central training")
    COURSE = "course", say_later("A course in the AST’s own school")
    ITT = "itt", "Teacher training or higher education"
    CLUSTER = "cluster", "Work for a cluster of schools"
    NETWORK = "network", "Network meeting"
    CPD = "cpd", say_later("The AST’s own development")
    OWN_CHOICE = "own_choice", say_later("Own development of the AST’s own choice")
    INREACH = "inreach", say_later("Inreach: work with colleagues at the AST’s own school")


K = ActivityKind
DEVELOPMENT = frozenset({K.NETWORK, K.CPD, K.OWN_CHOICE})
"""Where the year is not divided it is all for outreach, and these do not draw on it†."""


class TimeSource(models.TextChoices):
    """Where the time of inreach comes from (R-4.8)."""

    OTHER = "other", "Other time, such as after school"
    NON_CONTACT = "non_contact", "Non-contact time"
    OUTREACH = "outreach", "Outreach time"
    CLASSROOM = "classroom", "Classroom time"


class Basis(models.TextChoices):
    """Why inreach may use outreach or classroom time, the strongest first (R-4.8, C6)."""

    CATEGORY = "category", "The home school is in a category"
    AGREED = "agreed", say_later("Agreed with the co-ordinator")
    EXCEPTIONAL = "exceptional", "An exceptional reason"
    POLICY = "policy", "Inreach counts by the policy"
    NONE = "none", "Not agreed: it does not count"


class InreachStatus(models.TextChoices):
    ASKED = "asked", say_later("Asked for: waits for the co-ordinator")
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    ENDED = "ended", "Over"


S = InreachStatus
INREACH_OPEN = frozenset({S.ASKED, S.AGREED})

INREACH = Machine(
    "inreach agreement",
    InreachStatus,
    [
        Move.of("agree", S.ASKED, S.AGREED, "Agree to the inreach", "Co"),
        Move.of("refuse", S.ASKED, S.REFUSED, "Refuse the inreach", "Co"),
        Move.of("end", INREACH_OPEN, S.ENDED, "End the inreach", "AST/OH/Co"),
        Move.of("finish", S.AGREED, S.ENDED, "Its last day has passed", "Sys"),
    ],
    colours={S.ASKED: "yellow", S.AGREED: "green", S.REFUSED: "red", S.ENDED: "grey"},
)
