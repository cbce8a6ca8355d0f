"""Somebody supported is named in every free text that may name one: which columns those are, the models say."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from astcoord.core import personal_data
from astcoord.core.models.about import AppendOnly
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from placements.consultations.models import Consultation
from placements.placement.models import Placement
from placements.requests.lifecycle import Selection
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.models import SupportedStaff

GIVEN, FAMILY = "Quillan", "Zanderbeck"
NAME = f"{GIVEN} {FAMILY}"
"""Invented, and in nothing else that the world says."""

WRITTEN_ONCE = (AppendOnly, Document, Message)
"""Cleaned for everybody as they are written: `protected.clean`, with tests of its own."""

WITHOUT_A_ROW = {"evaluation.ReturnVisit.asked_reason", "placements.GroupItem.reason"}
"""A rule of the database wants it empty in the rows of the world; or the policy of the world has no such page."""


def everywhere() -> dict[str, str]:
    """Name the person in each declared column of every case; by the mark beside the name the column that it is in."""
    for request in OutreachRequest.objects.all():
        _supported(request)
    for placement in Placement.objects.filter(consultation=None):
        Consultation.objects.create(placement=placement)
    marks: dict[str, str] = {}
    for number, (model, column) in enumerate(columns()):
        mark = f"zq{number:03}x"
        named = [_named(row, column, mark) for row in model._default_manager.all()]
        if any(named):
            marks[mark] = f"{model._meta.label}.{column}"
    return marks


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every free text that may name somebody supported, and can still be changed."""
    for model in apps.get_models():
        if not issubclass(model, WRITTEN_ONCE):
            for column in personal_data.of(model).may_name:
                yield model, column


def _supported(request: OutreachRequest) -> None:
    person = {"name": NAME, "kind": "teacher", "selection": Selection.SELF}
    RequestedStaff.objects.create(request=request, head_agrees=True, **person)
    for placement in request.placements.all():
        SupportedStaff.objects.create(placement=placement, **person)


def _named(row: models.Model, column: str, mark: str) -> bool:
    """Whether the row could be made to name the person: a rule of the database may want the column empty."""
    if personal_data.case_of(row) is None:
        return False
    told = _told(getattr(row, column), mark)
    most = getattr(row._meta.get_field(column), "max_length", None)
    told = told[:most] if isinstance(told, str) else told
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{column: told})
    except IntegrityError:
        return False
    return told != getattr(row, column)


def _told(value: Any, mark: str) -> Any:
    """A text, or the sentences in lists and dicts, with the name in front."""
    if isinstance(value, str):
        return f"{mark} {NAME} {value}".strip()
    if isinstance(value, dict):
        return {
            key: _told(each, mark) if " " in str(each) or isinstance(each, list) else each
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_told(each, mark) for each in value]
    return value


SEEN = re.compile(rf"(?:(zq\d{{3}}x)\s+)?(?:{GIVEN}\s+)?{FAMILY}|{GIVEN}", re.IGNORECASE)
"""The name, or a part of it, and the mark of the column if it stands where it was put."""
