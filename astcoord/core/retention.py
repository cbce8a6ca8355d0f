"""The retention schedule: what is kept on whom, why, how long, and what happens then (section G, R-6.7, R-9.3).

One table: the page prints it, `apply` carries it out every day, `docs/personal-data.md` explains it. Each floor adds
its lines from `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from astcoord.core import audit

VERB = "Retention applied"


@dataclass(frozen=True)
class Line:
    """One kind of personal data. `due` counts what is over its time; `apply` deals with it and says how many.

    A line without `apply` is one of which nothing is removed by itself; `then` says what happens instead. `order`
    sorts the page; the steps run in the same order.
    """

    what: str
    whose: str
    why: str
    how_long: str
    then: str
    seen_by: str
    rule: str = ""
    order: int = 50
    due: Callable[[date], int] | None = None
    apply: Callable[[date], int] | None = None


@dataclass(frozen=True)
class Done:
    """What one line came to: how many records."""

    line: Line
    count: int


_lines: dict[str, Line] = {}


def register(lines: Iterable[Line]) -> None:
    """Add lines to the schedule; the same `what` again replaces the line."""
    _lines.update({line.what: line for line in lines})


def schedule() -> list[Line]:
    """The whole table, in its order."""
    return sorted(_lines.values(), key=lambda line: (line.order, line.what))


def due(today: date) -> list[Done]:
    """What `apply` would do today: for the dry run. Changes nothing."""
    return [Done(line, line.due(today)) for line in schedule() if line.due is not None]


def apply(today: date) -> list[Done]:
    """Carry out the schedule. Each line in its own transaction with one audit row, which holds numbers only.

    Safe to repeat: what has been dealt with is not due again.
    """
    return [_apply(line, today) for line in schedule() if line.apply is not None]


@transaction.atomic
def _apply(line: Line, today: date) -> Done:
    count = line.apply(today) if line.apply else 0
    if count:
        audit.record(VERB, None, by=None, after={"what": line.what, "records": count})
    return Done(line, count)
