"""Whose names the record of something must not hold (section G, R-16.3).

History is never edited, so a name that got into it could not be taken out when its time is over. Therefore names of
supported staff are kept out when history is written. Whose they are, the case says to which a row belongs.

What can still be edited keeps them, and `shown.py` takes them out for whoever reads it and may not know them.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models

from astcoord.core import personal_data
from astcoord.core.names import same_name, without_names, without_whole_names

if TYPE_CHECKING:
    from staff.accounts.models import User

CODE = re.compile(r"[a-z0-9_|:+-]*|[0-9.:+TZ-]*")
"""Codes, dates and numbers are no sentences: for them alone nobody's names are asked for. A file's name is none."""

INITIALS = re.compile(r"(?:\S\.)+")


class Source(NamedTuple):
    """Who is named in cases, and who may know it; each answers for many cases with one query."""

    names: Callable[[Collection[int], "User | None"], Mapping[int, Sequence[str]]]
    """Of these cases all names; for a user those of the cases whose people that user may not know."""
    known: Callable[["User", Collection[int]], Collection[int]]
    """Of these cases those whose people the user may know by name."""


_sources: list[Source] = []


def register(source: Source) -> None:
    """Called in `AppConfig.ready`."""
    _sources.append(source)


def names_in(cases: Collection[int], kept_from: "User | None" = None) -> dict[int, list[str]]:
    """The names that nothing written for ever about each of these cases may hold, or that a reader may not know."""
    found: dict[int, list[str]] = {}
    for source in _sources if cases else ():
        for case, names in source.names(cases, kept_from).items():
            found.setdefault(case, []).extend(filter(None, names))
    return found


def known_to(user: "User", cases: Collection[int]) -> set[int]:
    """Of these cases those whose people this person may know by name."""
    return {case for source in _sources for case in source.known(user, cases)} if cases else set()


def names_about(row: models.Model | None) -> list[str]:
    """The names to keep out of what is written about `row`."""
    case = personal_data.case_of(row)
    return [] if case is None else names_in({case}).get(case, [])


def clean(row: models.Model) -> None:
    """Take the names out of the declared free texts of a row that is about to be written for ever."""
    columns = personal_data.of(row).may_name
    if any(_says_something(getattr(row, column)) for column in columns):
        names = names_about(row)
        for column in columns:
            setattr(row, column, redacted(row, column, names))


def redacted(row: models.Model, column: str, names: Sequence[str]) -> Any:
    """What a column holds, cleaned of `names`; cut, since "a colleague" may be longer than the name was."""
    value = getattr(row, column)
    value = without_names(value, names) if isinstance(value, str) else cleaned(value, names)
    most = getattr(row._meta.get_field(column), "max_length", None)
    return value[:most] if isinstance(value, str) and most else value


def cleaned(value: Any, names: Sequence[str]) -> Any:
    """`value` (text, or lists and dicts of it) with every mention put as "a colleague"; numbers stay."""
    if not names:
        return value
    if isinstance(value, str):
        return without_names(value, names)
    if isinstance(value, dict):
        return {key: cleaned(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, names) for each in value]
    return value


def initials(name: str) -> str:
    """A person as the home head knows them (section G): "Q.Z."; initials stay what they are."""
    return name if INITIALS.fullmatch(name) else "".join(f"{word[0].upper()}." for word in name.split())


def for_message(row: models.Model | None, *texts: str, reader: str = "") -> list[str]:
    """A message's texts without the whole names, but for the reader's own; the reader may share a part of others."""
    names = [name for name in names_about(row) if not same_name(name, reader)]
    return [without_whole_names(text, names, keep=reader) for text in texts]


def _says_something(value: Any) -> bool:
    """Whether there is a sentence in it: only then are the names asked for."""
    if isinstance(value, str):
        return CODE.fullmatch(value) is None
    if isinstance(value, dict):
        return any(_says_something(each) for each in value.values())
    return isinstance(value, list | tuple) and any(_says_something(each) for each in value)
