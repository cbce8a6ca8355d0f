"""One value of a column as plain text or number, the same on every machine and database, and back (R-17.14)."""

import base64
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

Plain = Any
"""What JSON knows: None, a truth value, a number, text, and lists and dictionaries of these."""


def is_kind(column: Any) -> bool:
    """Whether the column says of what kind a row is: numbers of kinds differ between installations, names do not."""
    return column.is_relation and column.related_model is ContentType


def plain(column: Any, row: Any) -> Plain:
    """A row's value in a column, with nothing of this machine in it. Bytes as base64."""
    value = getattr(row, column.attname)
    if value is None:
        return None
    if is_kind(column):
        kind = ContentType.objects.get_for_id(value)
        return f"{kind.app_label}.{kind.model}"
    if isinstance(column, models.BinaryField):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value if isinstance(column, models.JSONField) else _words(column.get_prep_value(value))


def put(column: Any, row: Any, value: Plain) -> None:
    """Give a row back what `plain` made of it."""
    setattr(row, column.attname, _read(column, value))


def as_json(value: Plain) -> str:
    """On one line; keys in order, since databases keep them in orders of their own."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _words(value: Any) -> Plain:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(column: Any, value: Plain) -> Any:
    if value is None or isinstance(column, models.JSONField):
        return value
    if is_kind(column):
        return ContentType.objects.get_by_natural_key(*value.split(".")).pk
    if isinstance(column, models.BinaryField):
        return base64.b64decode(value)
    return (column.target_field if column.is_relation else column).to_python(value)
