"""A file of settings is read: each value as the setting takes it, or why it does not and what it may be (R-16.1)."""

import tomllib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from astcoord.core.fields import ChoiceSetField
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Problem, Refused
from astcoord.core.weights import USUAL
from astcoord.core.wording import QUARTER, number

LARGEST = 1024 * 1024
"""Bytes; a file of settings is a few pages."""
NONE = "none"
"""How a file says that there is no such number or day: TOML has no word of its own for it."""
TABLES = ("stated", "default")
NOT_SETTINGS = frozenset({"id", "valid_from", "preset", "created_at", "created_by"})
KNOWN = tuple(field.name for field in Policy._meta.concrete_fields if field.name not in NOT_SETTINGS)
CODES: dict[str, Collection[str]] = {}
"""What a setting may be whose choices belong to a floor above; filled in when the software starts."""


@dataclass(frozen=True)
class Preset:
    """What a file says. `stated` names the settings that the authority itself states; the others are our defaults."""

    name: str
    title: str
    settings: dict[str, Any]
    stated: frozenset[str]


def read(text: str, *, name: str = "") -> Preset:
    """The settings that a file names. Refused with every line that is wrong: its key, and what it may be.

    Without a `name` it is an authority's own, and called after its title, so that it is never taken for one of ours.
    """
    try:
        given = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused([Problem(f"The file is no TOML: {error}", "file", "R-16.1")]) from error
    title = given.get("title")
    wrong = [] if isinstance(title, str) and title.strip() else ["title: enter whose settings these are, in quotes"]
    wrong += [f"{key}: no such table. Use {' or '.join(TABLES)}" for key in given if key not in ("title", *TABLES)]
    tables = {key: given[key] for key in TABLES if isinstance(given.get(key), dict)}
    wrong += [
        f"{key}: write [{key}], and the settings below it" for key in TABLES if key in given and key not in tables
    ]
    settings, more = _settings([pair for table in tables.values() for pair in table.items()])
    if wrong + more:
        raise Refused(Problem(words, "file", "R-16.1") for words in wrong + more)
    called = name or f"own-{slugify(str(title))}"[:30].rstrip("-")
    return Preset(called, str(title).strip(), settings, frozenset(tables.get("stated", ())))


def _settings(pairs: Iterable[tuple[str, Any]]) -> tuple[dict[str, Any], list[str]]:
    """The settings as the policy keeps them, and what is wrong with the others."""
    settings: dict[str, Any] = {}
    wrong = []
    for key, value in pairs:
        if key not in KNOWN:
            wrong.append(f"{key}: no such setting. The settings are {', '.join(KNOWN)}")
        elif key in settings:
            wrong.append(f"{key}: stands in both tables. Keep one")
        else:
            try:
                settings[key] = _value(key, value)
            except ValueError as error:
                wrong.append(f"{key}: {error}")
    return settings, wrong + _beyond(settings)


def _beyond(settings: dict[str, Any]) -> list[str]:
    """What the policy itself would refuse: a number that is too large, an address that is none."""
    try:
        Policy(valid_from=date.min, **settings).clean_fields(exclude={*NOT_SETTINGS, *(set(KNOWN) - set(settings))})
    except ValidationError as error:
        return [f"{key}: {' '.join(words)}" for key, words in error.message_dict.items()]
    return []


def _value(key: str, given: Any) -> Any:
    """One value as the setting takes it; ValueError saying what it may be."""
    field: models.Field[Any, Any] = Policy._meta.get_field(key)  # type: ignore[assignment]
    if key in SHAPES:
        return SHAPES[key](given)
    if given == NONE and field.null:
        return None
    if isinstance(field, ChoiceSetField):
        codes = [code for code, _ in field.options]
        _expect(isinstance(given, list) and all(each in codes for each in given), f"a list of {_any(codes)}")
        return field.to_python(given)
    if field.choices or key in CODES:
        codes = list(CODES.get(key) or [code for code, _ in field.choices or ()])
        _expect(isinstance(given, str) and (given in codes or (field.blank and not given)), f"one of {_any(codes)}")
        return given
    for kind, fits, words in KINDS:
        if isinstance(field, kind):
            _expect(fits(given), f"{words}{f', or “{NONE}”' if field.null else ''}")
    return Decimal(given) if isinstance(field, models.DecimalField) else given


def _expect(right: bool, what: str) -> None:
    if not right:
        raise ValueError(f"must be {what}")


def _any(codes: Iterable[str]) -> str:
    return ", ".join(f"“{code}”" for code in codes)


def _whole(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def _number(given: Any) -> bool:
    return _whole(given) or (isinstance(given, Decimal) and given.is_finite())


KINDS: tuple[tuple[type, Callable[[Any], bool], str], ...] = (
    (models.BooleanField, lambda given: isinstance(given, bool), "true or false, without quotes"),
    (models.IntegerField, _whole, "a whole number, without quotes"),
    (models.DecimalField, _number, "a number, without quotes"),
    (models.DateField, lambda given: type(given) is date, "a day such as 2027-01-31, without quotes"),
    (models.CharField, lambda given: isinstance(given, str), "words in quotes"),
    (models.TextField, lambda given: isinstance(given, str), "words in quotes"),
)
"""What each kind of setting takes."""


def _uses(given: Any) -> list[list[str]]:
    """The uses of a year: as the policy keeps them (R-4.2)."""
    _expect(
        isinstance(given, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in given),
        'a list of pairs such as [["Networks", 3.5]]',
    )
    for name, days in given:
        _expect(isinstance(name, str) and 0 < len(name.strip()) <= 60, "pairs that begin with a name in quotes")
        _expect(
            _number(days) and 0 <= days <= 365 and Decimal(days) % QUARTER == 0, "pairs of a name and days in quarters"
        )
    _expect(len({name.strip() for name, _ in given}) == len(given), "uses with different names")
    return [[name.strip(), number(Decimal(days))] for name, days in given]


def _weights(given: Any) -> dict[str, int]:
    """Points for the parts of a match (R-7.1): whether they share out a hundred is asked when they are adopted."""
    _expect(
        isinstance(given, dict) and all(key in USUAL and _whole(points) for key, points in given.items()),
        f"whole points for {_any(USUAL)}",
    )
    return dict(given)


SHAPES: dict[str, Callable[[Any], Any]] = {"budget_categories": _uses, "ranking_weights": _weights}
