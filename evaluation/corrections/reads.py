"""A correction as its page shows it: what stands there, what is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from astcoord.core.wording import date_words, days_words
from evaluation.corrections import permissions, rules
from evaluation.corrections.models import Correction
from evaluation.diary.models import DiaryEntry
from placements.days.models import OutreachDay
from staff.accounts.models import User

NOTHING = "Nothing"


@dataclass(frozen=True)
class Change:
    """One thing that changes, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class CorrectionPage:
    """One request for one reader."""

    correction: Correction
    changes: Sequence[Change]
    can_decide: bool
    can_withdraw: bool


def correction_page(correction: Correction, user: User) -> CorrectionPage:
    """Four queries. Only readers who may know the people's names come this far."""
    placement = correction.entry.day.placement
    names = {
        "staff": {person.pk: person.name for person in placement.supported.all()},
        "objectives": {each.pk: f"{each.number}. {each.text}" for each in placement.objectives.all()},
    }
    before, asked = correction.before, correction.asked
    changes = [
        Change(rules.LABELS[name], _words(name, before, names), _words(name, asked, names))
        for name in rules.changed(before, asked)
    ]
    return CorrectionPage(
        correction,
        changes,
        can_decide=correction.is_open and permissions.decides(user, correction),
        can_withdraw=permissions.can_withdraw(user, correction),
    )


def _words(name: str, facts: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> str:
    value = facts.get(name)
    if name in names:
        return "; ".join(names[name].get(pk, "somebody no longer here") for pk in value or ()) or NOTHING
    return WORDS[name](value) if name in WORDS else str(value or NOTHING)


def _activities(codes: Any) -> str:
    words = dict(DiaryEntry._meta.get_field("activities").options)
    return ", ".join(words.get(code, code) for code in codes or ()) or NOTHING


WORDS: Mapping[str, Callable[[Any], str]] = {
    "on": lambda value: date_words(date.fromisoformat(str(value))),
    "days": lambda value: days_words(Decimal(str(value))),
    "venue": lambda value: str(OutreachDay.Venue(value).label),
    "activities": _activities,
    "classes": lambda value: ", ".join(value or ()) or NOTHING,
    "talk_held": lambda value: "Held" if value else "Not possible",
}
"""How a fact is said that is not a text."""
