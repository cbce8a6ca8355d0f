"""Which schools have a headteacher with an account (R-1.3).

Accounts live on the floor above, and imports run down only. So the floor above hands its answer down once, at
start-up, through `answer_with`; until it has, nobody is said to lack an account.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

Answer = Callable[[date], "QuerySet[Any]"]

_answers: dict[str, Answer] = {}


def answer_with(answer: Answer) -> None:
    """Register the function that gives, for a day, a query of the ids of schools whose head can sign in."""
    _answers["head"] = answer


def schools_with_head_user(on: date) -> "QuerySet[Any] | None":
    """The ids as a query to use inside another one; None if no floor above answers."""
    answer = _answers.get("head")
    return answer(on) if answer else None
