"""Which policy is in force on a day (R-16.1)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import DatabaseError

from astcoord.core import presets, words
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.words import Words

NEWEST = 'SELECT * FROM "core_policy" WHERE valid_from <= %s ORDER BY valid_from DESC, id DESC LIMIT 1'
"""Worded once: every request asks it, and for a row of so many columns wording it anew took longer than the answer."""

_asked: ContextVar[dict[date, Policy] | None] = ContextVar("asked", default=None)


@contextmanager
def once() -> Iterator[None]:
    """The policy of a day is asked of the database once within this: a page that is read, the messages of one event.

    Only where nothing changes it. Also a decorator.
    """
    token = _asked.set({}) if _asked.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _asked.reset(token)


def in_force(on: date | None = None) -> Policy:
    """The newest policy whose day has come by `on` (today). With none stored, an unsaved Croydon preset."""
    day, asked = on or today(), _asked.get()
    if asked is None:
        return _in_force(day)
    if day not in asked:
        asked[day] = _in_force(day)
    return asked[day]


def own_words() -> AbstractContextManager[None]:
    """Within this our text is said in the words of the policy in force (R-19.1)."""
    return words.scope(_words)


def _words() -> Words:
    try:
        return in_force().words
    except DatabaseError:  # a page that tells of an error is shown without the database, too
        return words.STANDARD


def _in_force(on: date) -> Policy:
    return next(iter(Policy.objects.raw(NEWEST, [on])), None) or Policy(valid_from=on, **presets.settings_of("croydon"))
