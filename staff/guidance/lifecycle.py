"""What guidance is about, and who reads it (R-3.19)."""

from django.db import models


class Topic(models.TextChoices):
    ROLE = "role", "What an AST does: leading, and inreach"
    PAY = "pay", "Pay scales and progression"
    CAREER = "career", "Where the role can lead"
    OFFICIAL = "official", "Official guidance"
    PACK = "pack", "Information pack"
    EVENTS = "events", "Coming events"
    OTHER = "other", "Something else"


class Audience(models.TextChoices):
    ASTS = "asts", "ASTs"
    HEADS = "heads", "Headteachers"
    CANDIDATES = "candidates", "Candidates for an AST post, and headteachers who name them"
