"""The retention schedule: what is kept on whom, why, how long, and what happens then (section G, R-6.7, R-9.3).

One table: the page prints it, `apply` carries it out every day, `docs/personal-data.md` explains it. Each floor adds
its lines from `AppConfig.ready`.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.models.retention import RetentionFailure

logger = logging.getLogger(__name__)

VERB = "Retention applied"
NOT_APPLIED = "Retention not applied"


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


def deleting(rows: Callable[[date], Any], **said: Any) -> Line:
    """A line that deletes `rows(today)`, a query set, and what hangs on them; `said` is the rest of the line."""
    return Line(due=lambda today: rows(today).count(), apply=lambda today: rows(today).delete()[0], **said)


@dataclass(frozen=True)
class Done:
    """What one line came to: how many records, and the kind of the error that undid it, if there was one."""

    line: Line
    count: int
    failed: str = ""


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

    A line that fails is undone whole, and the others have their turn: what could not be removed may not keep the rest.
    Safe to repeat: what has been dealt with is not due again.
    """
    done = [_tried(line, today) for line in schedule() if line.apply is not None]
    failed = [each.line.what for each in done if each.failed]
    RetentionFailure.objects.exclude(what__in=failed).delete()
    return done


def failures() -> list[RetentionFailure]:
    """The lines that failed when the schedule was last carried out, the oldest trouble first. One query."""
    return list(RetentionFailure.objects.order_by("since", "pk"))


def _tried(line: Line, today: date) -> Done:
    try:
        return _apply(line, today)
    except Exception as error:  # whatever a line runs into is for whoever runs the service
        return _failed(line, type(error).__name__)


@transaction.atomic
def _apply(line: Line, today: date) -> Done:
    count = line.apply(today) if line.apply else 0
    if count:
        audit.record(VERB, None, by=None, after={"what": line.what, "records": count})
    return Done(line, count)


@transaction.atomic
def _failed(line: Line, kind: str) -> Done:
    """Tell it by the kind of the error alone: its words may quote what somebody wrote."""
    logger.error(
        "Retention was not applied: %s (%s)", line.what, kind, extra={"facts": {"line": line.what, "kind": kind}}
    )
    _, new = RetentionFailure.objects.update_or_create(
        what=line.what, defaults={"reason": kind}, create_defaults={"reason": kind, "since": timezone.now()}
    )
    if new:
        audit.record(NOT_APPLIED, None, by=None, after={"what": line.what, "reason": kind})
    return Done(line, 0, failed=kind)
