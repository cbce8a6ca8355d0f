"""What guidance is about, and who reads it (R-3.19)."""

from django.db import models

from astcoord.core.words import say_later


class Topic(models.TextChoices):
    ROLE = "role", say_later("What an AST does: leading, and inreach")
    PAY = "pay", "Pay scales and progression"
    CAREER = "career", "Where the role can lead"
    OFFICIAL = "official", "Official guidance"
    PACK = "pack", "Information pack"
    EVENTS = "events", "Coming events"
    OTHER = "other", "Something else"


class Audience(models.TextChoices):
    ASTS = "asts", say_later("ASTs")
    HEADS = "heads", "Headteachers"
    CANDIDATES = "candidates", say_later("Candidates for an AST post, and headteachers who name them")
