"""What a request to correct an entry must say, and how it may be answered (R-10.8). Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from astcoord.core.problems import Problem

LABELS = {
    "on": "Date",
    "days": "Length",
    "venue": "Place",
    "priorities": "Main priorities",
    "activities": "What was done",
    "classes": "Classes of model lessons",
    "staff": "Worked with",
    "objectives": "Objectives",
    "evidence": "What shows it",
    "next_steps": "Next steps",
    "talk_held": "End-of-day talk",
    "talk_note": "What was said, or why it was not possible",
}
"""All that an entry says, in the order of its page."""


def changed(before: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    """The names of what would change; lists of people or kinds of work have no order."""
    return [name for name in LABELS if _plain(name, before.get(name)) != _plain(name, asked.get(name))]


def request_problems(before: Mapping[str, Any], asked: Mapping[str, Any], why: str) -> list[Problem]:
    """Something is to change, and there is a reason."""
    found = []
    if not changed(before, asked):
        found.append(Problem("Change what is wrong in the entry before you send this", "", "R-10.8", "nothing"))
    if not why.strip():
        found.append(Problem("Enter why it should be corrected", "why", "R-10.8", "why"))
    return found


def refusal_problems(answer: str) -> list[Problem]:
    """The AST is told why not."""
    if answer.strip():
        return []
    return [Problem("Enter why the entry stays as it is", "answer", "R-10.8", "reason")]


def _plain(name: str, value: Any) -> Any:
    if name == "days":
        return Decimal(str(value))  # 1, 1.00 and "1.00" are one length
    return sorted(map(str, value)) if isinstance(value, list | tuple) else value or ""
