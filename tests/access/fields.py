"""Who may read each field: `fields.txt`, in the words below, and how a field is given another value to see who notices.

The rows of section G stand behind the words; people are the table's (`people.py`). Of the neighbour's rows only the
authority's own people may read anything, within the same lines.
"""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

from astcoord.core import personal_data
from astcoord.core.fields import ChoiceSetField
from tests.access.people import SIGNED_IN
from tests.access.secrets import AST, BOTH, CHAIR, CO, EVERYWHERE, GROUP, HOME, HOST, OFFICE, OFFICER
from tests.access.sides import Side, World

TABLE = Path(__file__).with_name("fields.txt")
EVERYBODY = frozenset(SIGNED_IN)
WHOLE = OFFICE | GROUP | HOST | AST
"""Who works with a school's placement and what comes of it, short of the home school."""

READERS: dict[str, frozenset[str] | None] = {
    "everybody": EVERYBODY,
    "nobody": frozenset(),
    "coordinator": CO,
    "authority": OFFICE | OFFICER,
    "school": OFFICE | OFFICER | GROUP | {"other_consultant"} | HOST | AST | CHAIR | HOME,
    "offer": OFFICE | OFFICER | GROUP | BOTH,
    "profile": OFFICE | OFFICER | GROUP | HOME | AST,
    "chair": OFFICE | OFFICER | GROUP | HOME | AST,
    "funding": CO | HOME | AST,
    "assessment": CO | GROUP | HOME | AST,
    "leaving": OFFICE | HOME | AST,
    "time": OFFICE | GROUP | HOME | AST,
    "request": OFFICE | OFFICER | GROUP | BOTH,
    "asking": OFFICE | OFFICER | GROUP | HOST,
    "names": WHOLE,
    "initials": WHOLE | HOME,
    "contacts": OFFICE | HOST | AST,
    "declaration": CO | HOST,
    "placement": OFFICE | OFFICER | GROUP | BOTH | CHAIR,
    "parties": OFFICE | OFFICER | GROUP | BOTH,
    "summed": OFFICE | OFFICER | GROUP | BOTH | CHAIR,
    "paper": OFFICE | OFFICER | GROUP | BOTH | CHAIR,
    "goals": OFFICE | HOST | AST,
    "consulted": WHOLE | HOME,
    "parts": WHOLE,
    "link": WHOLE,
    "points": OFFICE | GROUP | BOTH,
    "reasons": OFFICE | GROUP | BOTH,
    "papers": WHOLE,
    "files": OFFICE | HOST | AST,
    "bytes": CO | HOST | AST,
    "signed": OFFICE | HOST | AST,
    "diary": WHOLE,
    "correction": OFFICE | HOST | AST,
    "evaluation": WHOLE,
    "idea": OFFICE | HOME | AST,
    "bound": None,
}
"""`bound`: it binds rows, or decides what there is and whose turn it is; whoever may see the row notices."""


class Field(NamedTuple):
    """One field of a model, and the word for its readers."""

    model: str
    name: str
    readers: str


@cache
def declared() -> tuple[Field, ...]:
    """Every field of the table, in its order."""
    found, model = [], ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            model = line.rstrip(":")
            continue
        readers, names = line.strip().split(": ")
        found += [Field(model, name, readers) for name in names.split()]
    return tuple(found)


def of_models() -> set[tuple[str, str]]:
    """Every field of every model of the project."""
    ours = ("astcoord", "schools", "staff", "placements", "evaluation")
    return {
        (model._meta.label, column.name)
        for model in apps.get_models()
        if model.__module__.startswith(ours)
        for column in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if not getattr(column, "primary_key", False)
    }


def hidden_from(key: str, *, ours: bool) -> list[Field]:
    """The fields of one side's rows that this person may not read."""
    return [f for f in declared() if (who := READERS[f.readers]) is not None and key not in _of_side(who, ours)]


def _of_side(who: frozenset[str], ours: bool) -> frozenset[str]:
    return who if ours or who == EVERYBODY else who & EVERYWHERE


OF_POST = "post"
WAYS = {
    "schools.School": lambda side: {"pk": side.host.pk},
    "staff.Post": lambda side: {"pk": side.post.pk},
    "placements.PlannedReview": lambda side: {"placement__host": side.host},
    "placements.Signature": lambda side: {"version__placement__host": side.host},
    "evaluation.Material": lambda side: {"author": side.ast},
}
"""How the rows of a side are found where they belong to no request."""


def rows_of(label: str, side: Side) -> Any:
    """A side's rows of a model, None for those that are nobody's own."""
    model = apps.get_model(label)
    case = personal_data.of(model).case
    names = {column.name for column in model._meta.concrete_fields}
    if label in WAYS:
        way = WAYS[label](side)
    elif case and case != personal_data.ABOUT:
        way = {"host" if case == "pk" else f"{case}__host": side.host}
    elif OF_POST in names:
        way = {OF_POST: side.post}
    else:
        return None
    return model._default_manager.filter(**way)


MARKED = "Marked 7431 words"


def other_value(column: Any, value: Any, world: World) -> Any:
    """Another value of the same kind: another choice, a day in March, an unlikely number, marked words."""
    if isinstance(column, ChoiceSetField):
        codes = [code for code, _ in column.options if code not in (value or ())]
        return tuple(codes[:1] or (value or ())[:1])
    if column.name == "funding":  # not “school”: with it other rules hold, and these everybody may read
        return next(code for code in ("standards_fund", "secondment") if code != value)
    if column.choices:
        return next(code for code, _ in column.flatchoices if code not in (value, ""))
    if isinstance(column, models.ForeignKey):
        return world.users["other_governor"].pk if column.related_model._meta.label == "staff.User" else value
    if isinstance(column, models.BooleanField):
        return not value
    if isinstance(column, models.DateTimeField):
        return (value or datetime.fromisoformat("2031-03-19T03:19:00+00:00")) - timedelta(days=3)
    if isinstance(column, models.DateField):
        return (value or date(2031, 3, 19)) + timedelta(days=1)
    if isinstance(column, models.DecimalField):
        return (value or 0) + (1 if column.max_digits - column.decimal_places > 1 else -type(value)("0.05"))
    if isinstance(column, models.IntegerField | models.FloatField):
        return (value or 0) + 7431
    if isinstance(column, models.BinaryField):
        return MARKED.encode()
    if isinstance(column, models.JSONField):
        return _marked(value)
    if isinstance(column, models.EmailField):
        return "marked7431@marlshire.example"
    return MARKED[: column.max_length or None]


def _marked(value: Any) -> Any:
    """The same shape with other words."""
    if isinstance(value, dict):
        return {key: _marked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_marked(each) for each in value]
    return f"{value} {MARKED}" if isinstance(value, str) else value


def change(field: Field, side: Side, world: World) -> None:
    """Write another value into a field of every row of a side."""
    rows = rows_of(field.model, side)
    column = apps.get_model(field.model)._meta.get_field(field.name)
    for row in rows if rows is not None and not column.many_to_many else ():
        value = other_value(column, getattr(row, column.attname), world)
        rows.model._default_manager.filter(pk=row.pk).update(**{column.attname: value})
