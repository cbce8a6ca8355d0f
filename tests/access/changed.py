"""How a field is given another value of its kind, to see who notices: a choice, a day, a number, marked words."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction

from astcoord.core import append_only, personal_data
from astcoord.core.fields import ChoiceSetField
from tests.access.fields import Field, declared, hidden_from
from tests.access.sides import Side, World
from tests.worlds import put_back

Hidden = tuple[Side, Field]
WAYS = {
    "schools.School": lambda side: {"pk": side.host.pk},
    "staff.Aspirant": lambda side: {"school": side.home},
    "staff.Booking": lambda side: {"school": side.host},
    "staff.Opening": lambda side: {"school": side.home},
    "staff.Introduction": lambda side: {"opening__school": side.home},
    "staff.Post": lambda side: {"pk": side.post.pk},
    "staff.NetworkMeeting": lambda side: {"invitations__post": side.post},
    "staff.AgendaItem": lambda side: {"meeting__invitations__post": side.post},
    "staff.Notice": lambda side: {"subject": side.placement.subject},
    "staff.Team": lambda side: {"lead": side.post},
    "staff.TrainingCoordinator": lambda side: {"user": side.ast},
    "staff.CpdOffer": lambda side: {"subject": side.placement.subject},
    "staff.WorkingGroup": lambda side: {"members": side.post},
    "staff.GroupAction": lambda side: {"owner": side.post},
    "staff.PeerObservation": lambda side: {"observer": side.post},
    "staff.Questionnaire": lambda side: {"invitations__post": side.post},
    "staff.Question": lambda side: {"questionnaire__invitations__post": side.post},
    "staff.Answer": lambda side: {"invitation__post": side.post},
    "staff.Responsibility": lambda side: {"description__post": side.post},
    "staff.JobObjective": lambda side: {"responsibility__description__post": side.post},
    "placements.PlannedReview": lambda side: {"placement__host": side.host},
    "placements.Signature": lambda side: {"version__placement__host": side.host},
    "evaluation.Material": lambda side: {"author": side.ast},
    "evaluation.SessionFeedback": lambda side: {"person__placement__host": side.host},
    "evaluation.TargetJudged": lambda side: {"judgement__post": side.post},
    "evaluation.TrainingStatement": lambda side: {"school": side.home},
    "evaluation.AttainmentResult": lambda side: {"school": side.host},
}
"""How the rows of a side are found where they belong to no request."""


def rows_of(label: str, side: Side) -> Any:
    """A side's rows of a model; all where they are nobody's own."""
    model = apps.get_model(label)
    case = personal_data.of(model).case
    if label in WAYS:
        return model._default_manager.filter(**WAYS[label](side))
    if case == personal_data.ABOUT:
        return _about(model, side)
    if case:
        return model._default_manager.filter(**{"host" if case == "pk" else f"{case}__host": side.host})
    if _is_of_a_post(model):
        return model._default_manager.filter(post=side.post)
    return model._default_manager.all()


def is_of_a_side(label: str) -> bool:
    """Whether its rows belong to somebody."""
    model = apps.get_model(label)
    return bool(label in WAYS or personal_data.of(model).case or _is_of_a_post(model))


def _is_of_a_post(model: Any) -> bool:
    return any(column.name == "post" for column in model._meta.concrete_fields)


def _about(model: Any, side: Side) -> Any:
    """Papers, history and messages about any row of a side."""
    found = models.Q(pk__in=[])
    for label, keys in side.keys.items() or _keys_of(side).items():
        found |= models.Q(about_type=ContentType.objects.get_for_model(apps.get_model(label)), about_id__in=keys)
    return model._default_manager.filter(found)


def _keys_of(side: Side) -> dict[str, list[int]]:
    """Of every model the rows of a side; looked up once."""
    for label in dict.fromkeys(field.model for field in declared()):
        if is_of_a_side(label) and personal_data.of(apps.get_model(label)).case != personal_data.ABOUT:
            side.keys[label] = list(rows_of(label, side).order_by().values_list("pk", flat=True))
    return side.keys


MARKED = "Marked 7431 words"
KNOWN_TO_BE_EMPTY = {"no_priority_reason"}
"""That none is said is for all who read the row; what is said is not."""


def other_value(column: Any, value: Any, world: World) -> Any:
    """Another value of the same kind: another choice, a day in March, an unlikely number, marked words."""
    if column.name in KNOWN_TO_BE_EMPTY and not value:
        return value
    if isinstance(column, ChoiceSetField):
        codes = [code for code, _ in column.options if code not in (value or ())]
        return tuple(codes[:1] or (value or ())[:1])
    if column.name == "funding":  # not “school”: with it other rules hold, and these everybody may read
        return next(code for code in ("standards_fund", "secondment") if code != value)
    if column.choices:
        return next(code for code, _ in column.flatchoices if code not in (value, ""))
    if isinstance(column, models.ForeignKey):
        return world.somebody_else.pk if column.related_model._meta.label == "staff.User" else value
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


def change(field: Field, side: Side, world: World) -> int:
    """Write another value into a field of every row of a side that it says; in how many there is another now."""
    column = apps.get_model(field.model)._meta.get_field(field.name)
    alike: dict[str, tuple[Any, list[int]]] = {}
    for pk, old in () if column.many_to_many else _values(field, side):
        value = other_value(column, old, world)
        if value != old:
            alike.setdefault(repr(value), (value, []))[1].append(pk)
    return sum(_written(field, value, keys) for value, keys in alike.values())


def _values(field: Field, side: Side) -> Any:
    rows = rows_of(field.model, side).filter(**field.where).order_by("pk")
    return list(rows.values_list("pk", apps.get_model(field.model)._meta.get_field(field.name).attname))


def _written(field: Field, value: Any, keys: list[int]) -> int:
    """How many rows of these took the value: one by one where the database refuses it of some."""
    try:
        with transaction.atomic():
            return apps.get_model(field.model)._base_manager.filter(pk__in=keys).update(**{field.name: value})
    except IntegrityError:
        return sum(_written(field, value, [key]) for key in keys) if len(keys) > 1 else 0


@contextmanager
def undone() -> Iterator[None]:
    """What the database never lets anybody change may be changed meanwhile. Nothing of it stays."""
    with put_back(), append_only.lifted("default"):
        yield


@contextmanager
def changed(hidden: Iterable[Hidden], world: World) -> Iterator[None]:
    """With these fields changed."""
    with undone():
        for side, field in hidden:
            change(field, side, world)
        yield


def hidden_in(world: World, key: str) -> list[Hidden]:
    """All that this person may not read; what is nobody's own counts as ours."""
    ours = [(world.ours, field) for field in hidden_from(key, ours=True)]
    theirs = [(world.theirs, field) for field in hidden_from(key, ours=False) if is_of_a_side(field.model)]
    return [*ours, *theirs]
