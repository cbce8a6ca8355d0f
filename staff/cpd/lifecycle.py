"""Kinds of professional development, and the states of an answer to an offer of it (R-3.9, R-3.12)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move
from astcoord.core.words import say_later


class CpdKind(models.TextChoices):
    COURSE = "course", "Course or conference"
    VISIT = "visit", "Visit to a school or elsewhere"
    READING = "reading", "Reading"
    NETWORKING = "networking", "Networking"
    COACHING = "coaching", "Coaching or mentoring"
    LEADERSHIP = "leadership", "Leadership development"
    CROSS = "cross", "Cross-curricular activity"
    OTHER = "other", "Something else"


OFFERED = (CpdKind.LEADERSHIP, CpdKind.CROSS)
"""What can be offered (R-3.12)."""


class AnswerStatus(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


S = AnswerStatus

ANSWER = Machine(
    "answer to a CPD offer",
    AnswerStatus,
    [
        Move.of("accept", S.DECLINED, S.ACCEPTED, "Accept after all", say_later("AST")),
        Move.of("take_back", S.ACCEPTED, S.DECLINED, "Take the acceptance back", "AST/LC/Co"),
    ],
    colours={S.ACCEPTED: "green", S.DECLINED: "grey"},
)
