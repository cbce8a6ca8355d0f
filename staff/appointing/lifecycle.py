"""Choices of a candidature: how the candidate was found, what an assessment gave, why it ended (R-2.2, R-2.4)."""

from django.db import models


class Route(models.TextChoices):
    """How the candidate was found (R-2.4)."""

    INTERNAL = "internal", "From the school’s own staff"
    EXTERNAL = "external", "From outside the school"


class Result(models.TextChoices):
    """What came of an assessment by the external body (R-2.2). Only a pass gives AST status."""

    PASS = "pass", "Passed"
    FAIL = "fail", "Not passed"
    VOID = "void", "Not held"


class Ended(models.TextChoices):
    """Why somebody is no candidate any more."""

    WITHDREW = "withdrew", "The candidate withdrew"
    FAILED = "failed", "The assessment was not passed"
    SCHOOL = "school", "The school decided otherwise"
    MISTAKE = "mistake", "Named by mistake"
