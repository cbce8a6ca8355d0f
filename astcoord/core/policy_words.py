"""A setting of the policy in plain words (R-16.1)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from astcoord.core import weights
from astcoord.core.fields import ChoiceSetField
from astcoord.core.models.policy import Policy
from astcoord.core.wording import date_words, days_words, number, pounds

GRANTS = ("grant_before_pass", "grant_cover", "grant_expenses")
CHARGES = ("charge_day_rate", "charge_home_share")
POUNDS = (*GRANTS, *CHARGES)
"""Sums of money."""

AT_ZERO = {"office_idle_minutes": "No limit", "others_idle_minutes": "No limit", "record_due_days": "A week"}
"""What 0 means of these."""
WORDED: dict[str, Callable[[Any], str]] = {}
"""How a floor above words a setting whose choices are its own; filled in when the software starts."""


def words(rules: Policy, name: str) -> str:
    """One setting as people read it."""
    value = getattr(rules, name)
    field = Policy._meta.get_field(name)
    if isinstance(field, ChoiceSetField):
        return ", ".join(field.labels(rules)) or "None"
    if getattr(field, "choices", None):
        return str(getattr(rules, f"get_{name}_display")())
    if name in POUNDS or name == "outreach_fraction":
        return pounds(Decimal(value)) if name in POUNDS else f"{number(Decimal(value) * 100)}%"
    if name == "budget_categories":
        return ", ".join(f"{what} {days_words(Decimal(days))}" for what, days in value) or "Not divided"
    if name == "ranking_weights":
        return weights.words(value)
    return AT_ZERO[name] if name in AT_ZERO and not value else WORDED.get(name, _value_words)(value)


def _value_words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return date_words(value)
    return "None" if value in (None, "") else ", ".join(filter(None, map(str.strip, str(value).splitlines())))
