"""Days of this year that an AST used before this service began.

The ledger of days lives on the floor above, and imports run down only: that floor hands both answers down at start-up.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from astcoord.core.problems import Problem

Judge = Callable[..., list[Problem]]
Write = Callable[..., object]
_answers: dict[str, Callable[..., Any]] = {}


def answer_with(judge: Judge, write: Write) -> None:
    """`judge(fte=, starts_on=, days=, today=)` says why a year cannot hold them; `write(post, days, by=, today=)`."""
    _answers.update(judge=judge, write=write)


def problems(*, fte: Decimal, starts_on: date, days: Decimal, today: date) -> list[Problem]:
    """Why these days cannot be taken off this year."""
    if not days or "judge" not in _answers:
        return []
    found: list[Problem] = _answers["judge"](fte=fte, starts_on=starts_on, days=days, today=today)
    return found


def write(post: Any, days: Decimal, *, by: Any, today: date) -> None:
    """Take them off this year."""
    if days and "write" in _answers:
        _answers["write"](post, days, by=by, today=today)
