"""A problem as text that is the same for the same problem, and back: what a stored plan is replayed from.

JSON with sorted keys; sets and unordered tuples are sorted; names of people and words for codes are left out, for
they change nothing.
"""

import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from placements.allocation.plan.problem import PlanProblem

UNSAID = frozenset({"words", "name", "home_name", "cautions"})
SPELT = {"demands": "asks", "supplies": "givers", "undated": "claims", "outreach_days": "visits"}
"""Fields that were renamed since plans were first stored: in a text they keep their old names."""


def canonical(problem: PlanProblem) -> str:
    """The problem as canonical JSON."""
    return json.dumps(encode(problem.ordered()), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    """The fingerprint of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def restore(text: str) -> PlanProblem:
    """The problem that a canonical text describes. ValueError or KeyError where it is not one."""
    problem: PlanProblem = decode(PlanProblem, json.loads(text))
    return problem


def encode(value: Any) -> Any:
    """Plain JSON values. What has its default is said all the same, so that a later default changes nothing."""
    if is_dataclass(value) and not isinstance(value, type):
        return {SPELT.get(name, name): encode(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, frozenset | set):
        return sorted(encode(v) for v in value)
    if isinstance(value, tuple | list):
        return [encode(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)  # 30 and 30.0 are the same limit
    return value.value if isinstance(value, Enum) else value


def decode(kind: Any, value: Any) -> Any:
    """A value of a type from plain JSON values."""
    origin, inner = get_origin(kind), get_args(kind)
    found: Any
    if origin in (Union, types.UnionType):
        found = None if value is None else decode(next(k for k in inner if k is not type(None)), value)
    elif origin is tuple:
        kinds = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        found = tuple(decode(k, v) for k, v in zip(kinds, value, strict=True))
    elif origin is frozenset:
        found = frozenset(decode(inner[0], v) for v in value)
    elif is_dataclass(kind):
        found = _dataclass(kind, value)
    else:
        found = date.fromisoformat(value) if kind is date else kind(value)
    return found


def _dataclass(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    spelt = {name: SPELT.get(name, name) for name in _names(kind)}
    facts = {name: decode(hints[name], value[key]) for name, key in spelt.items() if key in value}
    missing = {f.name: "" for f in fields(kind) if f.name in ("name", "home_name")}
    return kind(**missing, **facts)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name not in UNSAID)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
