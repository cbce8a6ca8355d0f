"""Named states of a school: what the national register says of it, and what inspectors and programmes say."""

from django.db import models


class RegisterStatus(models.TextChoices):
    """The register's own status; changed only by the import, so there is no machine for it."""

    OPEN = "open", "Open"
    CLOSING = "closing", "Open, proposed to close"
    CLOSED = "closed", "Closed"
    PROPOSED = "proposed", "Proposed to open"


OPEN_STATUSES = (RegisterStatus.OPEN, RegisterStatus.CLOSING)


class Phase(models.TextChoices):
    NURSERY = "nursery", "Nursery"
    PRIMARY = "primary", "Primary"
    MIDDLE = "middle", "Middle"
    SECONDARY = "secondary", "Secondary"
    ALL_THROUGH = "all_through", "All-through"
    SPECIAL = "special", "Special"
    POST16 = "post16", "Post-16"
    OTHER = "other", "Other"


class StatusKind(models.TextChoices):
    CATEGORY = "category", "Category"
    PROGRAMME = "programme", "Programme"


class Category(models.TextChoices):
    """One at a time; only these mean “serious difficulties” (R-1.2). No row in force means no category."""

    SERIOUS_WEAKNESSES = "serious_weaknesses", "Serious weaknesses"
    SPECIAL_MEASURES = "special_measures", "Special measures"
    CAUSING_SERIOUS_CONCERN = "causing_serious_concern", "Causing serious concern"


class Programme(models.TextChoices):
    """Any number at once (R-1.2)."""

    CHALLENGING_CIRCUMSTANCES = "challenging_circumstances", "Challenging circumstances"
    NATIONAL_CHALLENGE = "national_challenge", "National challenge"
    GAINING_GROUND = "gaining_ground", "Gaining ground"
    BEACON = "beacon", "Beacon school"
    SPECIALIST = "specialist", "Specialist school"


STATUS_NAMES = [*Category.choices, *Programme.choices]


class LinkKind(models.TextChoices):
    PREDECESSOR = "predecessor", "Predecessor"
    SUCCESSOR = "successor", "Successor"
    OTHER = "other", "Other link"
