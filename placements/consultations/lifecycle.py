"""The two parts of an initial consultation form."""

from django.db import models

from astcoord.core.words import say_later


class Side(models.TextChoices):
    """Who fills in a part."""

    SCHOOL = "school", "The school’s part"
    AST = "ast", say_later("The AST’s part")


ANSWERS: dict[str, tuple[str, ...]] = {
    Side.SCHOOL: ("situation", "strengths", "tried", "wanted"),
    Side.AST: ("ways", "time", "success"),
}
"""The questions of each part, in their order."""
