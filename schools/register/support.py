"""When schools were last supported, as far as a reader may count it (R-20.6).

Placements live on floors above, and imports run down only: as of heads (`heads.py`), the floor above hands its answer
down once, at start-up. Until it has, no school was ever supported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet

if TYPE_CHECKING:
    from staff.accounts.models import User


@dataclass(frozen=True)
class Answer:
    """`last`: an expression over schools, the day or none. `since`: ids of those supported on that day or later, or
    ever.
    """

    last: "Callable[[User], Any]"
    since: "Callable[[User, date | None], QuerySet[Any]]"


_answers: dict[str, Answer] = {}


def answer_with(answer: Answer) -> None:
    """Called by an `AppConfig.ready`."""
    _answers["support"] = answer


def last(reader: "User") -> Any:
    """To annotate schools with."""
    answer = _answers.get("support")
    return answer.last(reader) if answer else models.Value(None, output_field=models.DateField())


def since(reader: "User", day: date | None) -> Any:
    """Ids of schools, to use inside a query."""
    answer = _answers.get("support")
    return answer.since(reader, day) if answer else []
