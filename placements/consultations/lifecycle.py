"""The two parts of an initial consultation form."""

from django.db import models


class Side(models.TextChoices):
    """Who fills in a part."""

    SCHOOL = "school", "The school’s part"
    AST = "ast", "The AST’s part"


ANSWERS: dict[str, tuple[str, ...]] = {
    Side.SCHOOL: ("situation", "strengths", "tried", "wanted"),
    Side.AST: ("ways", "time", "success"),
}
"""The questions of each part, in their order."""
