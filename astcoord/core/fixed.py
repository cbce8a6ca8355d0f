"""What of a stored row the database itself never lets anybody change: said by the model, turned into SQL here.

Models that may never change at all are `AppendOnly`; others say it in `fixed`, as a `Fixed`. `core.append_only` puts it
into triggers, and `core.database_roles` into what the application's role may do at all.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from astcoord.core.models.about import AppendOnly

SAME = {"sqlite": "NEW.{0} IS OLD.{0}", "postgresql": "NEW.{0} IS NOT DISTINCT FROM OLD.{0}"}
YOUNG = {
    "sqlite": "OLD.{column} >= datetime('now', '-{years} years')",
    "postgresql": "OLD.{column} >= now() - interval '{years} years'",
}


@dataclass(frozen=True)
class Fixed:
    """A row of which nothing changes but the named fields.

    `once`: empty at first, filled once. `free`: may change, as far as `provided` holds: SQL over OLD and NEW that both
    databases read; `on_postgresql` is asked there besides. `disposal` names the column with the row's time and the
    years after which the row may be deleted, by the database's own clock; None means never.
    """

    once: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    provided: str = ""
    on_postgresql: str = ""
    disposal: tuple[str, int] | None = None


def rule_of(model: Any) -> Fixed | None:
    """What the model says of its rows; None where they may change."""
    if issubclass(model, AppendOnly):
        return Fixed(disposal=model.disposal)
    found: Fixed | None = getattr(model, "fixed", None)
    return found


def models_with_rules() -> list[type[models.Model]]:
    """Every model of the project of whose rows something never changes."""
    return [model for model in apps.get_models() if rule_of(model)]


def changeable(model: Any) -> list[str]:
    """The columns that may change in some case, in the order of the table."""
    rule = rule_of(model)
    names = (*rule.once, *rule.free) if rule else ()
    return [field.column for field in model._meta.concrete_fields if field.name in names]


def allowed_change(vendor: str, model: Any) -> str:
    """The condition, over OLD and NEW, under which a row may be updated."""
    rule = rule_of(model)
    if rule is None or not (rule.once or rule.free):
        return "FALSE" if vendor == "postgresql" else "0"
    parts = []
    for field in model._meta.concrete_fields:
        same = SAME[vendor].format(field.column)
        if field.name in rule.once:
            parts.append(f"(OLD.{field.column} IS NULL OR {same})")
        elif field.name not in rule.free:
            parts.append(same)
    more = [rule.provided, rule.on_postgresql if vendor == "postgresql" else ""]
    return " AND ".join([*parts, *(f"({words})" for words in more if words)])


def must_stay(vendor: str, model: Any) -> str:
    """The condition, over OLD, under which a row must stay: always, or while it is younger than the schedule says."""
    rule = rule_of(model)
    if rule is None or rule.disposal is None:
        return "TRUE" if vendor == "postgresql" else "1"
    column, years = rule.disposal
    return YOUNG[vendor].format(column=column, years=int(years))
