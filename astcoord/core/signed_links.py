"""Links that carry their own permission, made, read, and kept out of every log and copy of data.

A link is the only proof of who somebody is, so it says as little as it can: a row's number and a version. Whoever
raises the version ends all earlier links. The salt binds a link to one kind of page.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Generic, TypeVar

from django.core import signing

Row = TypeVar("Row")

LIFE = timedelta(days=30)
"""How long a link works†."""

TOKEN = re.compile(r"[\w.-]+(?::|%3A)[\w-]{6,7}(?::|%3A)[\w-]{43}(?![\w-])", re.ASCII)
"""What `django.core.signing.dumps` makes: payload, time, signature."""

LEFT_OUT = "[link left out]"


def without_tokens(text: str) -> str:
    """`text` with every signed token taken out."""
    return TOKEN.sub(LEFT_OUT, text)


class LineFormatter(logging.Formatter):
    """One line for each record, tracebacks included, without anybody's link."""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))


class State(Enum):
    """What became of a link."""

    GOOD = "good"
    EXPIRED = "expired"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Link(Generic[Row]):
    """`row` is known for a good link, and for one whose only fault is its age or a newer link."""

    state: State
    row: Row | None = None


def token_for(pk: int, version: int, *, salt: str) -> str:
    """A token made now."""
    return signing.dumps([pk, version], salt=salt)


def works_until(sent: date) -> date:
    """The last day on which a link sent that day is sure to work."""
    return sent + LIFE - timedelta(days=1)


def read(token: str, *, salt: str, find: Callable[[int], tuple[Row, int] | None]) -> Link[Row]:
    """Whose link it is, and whether it still counts; `find` gives a row and its version. Never raises."""
    try:
        facts, expired = signing.loads(token, salt=salt, max_age=LIFE), False
    except signing.SignatureExpired:
        facts, expired = signing.loads(token, salt=salt), True
    except signing.BadSignature:
        return Link(State.UNKNOWN)
    pk, version = facts
    found = find(pk)
    if found is None:
        return Link(State.UNKNOWN)
    row, present = found
    if version != present:
        return Link(State.REPLACED, row)
    return Link(State.EXPIRED if expired else State.GOOD, row)
