"""One school's things go over to another: what hangs on it, as each room says and does it (R-17.6).

Rooms above register with `WHAT_GOES` what of theirs goes over (`AppConfig.ready`), and with `HANGING` which schools
something of theirs hangs on, so that the first page finds schools that closed in one query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import models

from astcoord.core.consequences import Change
from schools.register.models import School
from schools.succession.models import Succession

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


@dataclass(frozen=True)
class Handing:
    """What belongs to `school` goes over to `to` on a day; None: the school has closed for good, and nothing goes.

    `earlier` puts a wrong successor right: only what went over then goes on from it, and of its own nothing does.
    """

    school: School
    to: School | None
    on: date
    earlier: Succession | None = None
    record: Succession | None = None
    """Notes what goes over; there is one when the action runs."""

    @property
    def target(self) -> School:
        """Where it goes. ValueError where nothing goes anywhere: then nothing is carried."""
        if self.to is None:
            raise ValueError("no school follows")
        return self.to

    @property
    def notes(self) -> Succession:
        """Where to note what goes over. ValueError on a page that only asks."""
        if self.record is None:
            raise ValueError("only the action moves things")
        return self.record

    def of(self, rows: Rows, column: str, alive: models.Q) -> Rows:
        """Those of `rows` that are the school's by `column` and alive; of a wrong successor's all that it was given."""
        found: Rows = rows.filter(**{column: self.school})
        if self.earlier is None:
            return found.filter(alive)
        return found.filter(pk__in=self.earlier.ids(rows.model, column))

    def move(self, rows: "models.QuerySet[Any]", column: str) -> int:
        """Give these rows to the other school, and note it; how many."""
        keys = list(rows.values_list("pk", flat=True))
        rows.model._default_manager.filter(pk__in=keys).update(**{column: self.target})
        self.notes.note(rows.model, column, keys)
        return len(keys)


WHAT_GOES: Change[Handing] = Change()

HANGING: list[Callable[[date], "models.QuerySet[Any]"]] = []
"""Each gives, for a day, a query of ids of schools on which something hangs that somebody has to decide."""
