"""Whose names the record of something must not hold (section G, R-16.3).

History is never edited, so a name that got into it could not be taken out when its time is over. Therefore names of
supported staff are kept out when history is written. Each floor says for its models which names those are.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models

from astcoord.core.names import without_names, without_whole_names

Names = Callable[[Any], Iterable[str]]
CODE = re.compile(r"[a-z0-9_|.:+-]*")
"""Codes, dates and numbers are no sentences: nobody is named in them."""

_sources: dict[type[models.Model], Names] = {}


def register(model: type[models.Model], names: Names) -> None:
    """`names(obj)` gives the names that nothing written about `obj` may hold. Called in `AppConfig.ready`."""
    _sources[model] = names


def names_about(obj: models.Model | None) -> list[str]:
    """The names to keep out of what is written about `obj`."""
    source = _sources.get(type(obj)) if obj is not None else None
    return [name for name in source(obj) if name] if source else []


def for_history(obj: models.Model | None, value: Any) -> Any:
    """`value` (text, or lists and dicts of it) with every mention of a protected person put as "a colleague"."""
    if not _says_something(value):
        return value
    return cleaned(value, names_about(obj))


def cleaned(value: Any, names: Sequence[str]) -> Any:
    """`value` with every mention of one of `names` put as "a colleague"; codes and numbers stay."""
    if not names:
        return value
    if isinstance(value, str):
        return value if CODE.fullmatch(value) else without_names(value, names)
    if isinstance(value, dict):
        return {key: cleaned(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, names) for each in value]
    return value


def for_message(obj: models.Model | None, text: str, *, reader: str = "") -> str:
    """A message's text without the whole names, but for the reader's own; the reader may share a part of others."""
    own = " ".join(reader.split()).casefold()
    return without_whole_names(text, [n for n in names_about(obj) if " ".join(n.split()).casefold() != own])


def _says_something(value: Any) -> bool:
    """Whether there is a sentence in it: only then are the names asked for."""
    if isinstance(value, str):
        return CODE.fullmatch(value) is None
    if isinstance(value, dict):
        return any(_says_something(each) for each in value.values())
    return isinstance(value, list | tuple) and any(_says_something(each) for each in value)
