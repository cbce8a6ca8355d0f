"""What participants say of a session that an AST led: three choices, and not a word (R-11.15)."""

from django.db import models


class Said(models.TextChoices):
    """An answer to each of the `QUESTIONS`: of the session, never of a person (R-10.6)."""

    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No"


QUESTIONS = {
    "useful": "Was it useful to you?",
    "next_step": "Do you know what to try next?",
    "enough_time": "Was there enough time?",
}
"""By the column that keeps the answer."""
