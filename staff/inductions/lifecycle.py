"""What the meeting before an assessment is for (R-3.1)."""

from django.db import models

from astcoord.core.words import say_later


class Topic(models.TextChoices):
    """Both are shared with the candidate, at one meeting or at several."""

    EXPECTATIONS = "expectations", say_later("What is expected of an AST")
    CONTEXT = "context", say_later("The context of the role: own school, other schools, the authority")
