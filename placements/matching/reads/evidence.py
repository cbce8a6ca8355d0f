"""What a need rests on, beside the candidates (R-7.4): inspection, the head's own areas, the authority's plans, and
what rooms above know of the school's results."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.priorities.models import Priority
from placements.requests import reads as requests
from placements.requests.lifecycle import Evidence
from placements.requests.models import OutreachRequest
from staff.accounts.models import User

NO_EVIDENCE = "No evidence"
OWN_AREAS = ("Where the need shows", "What the evidence says", "What staff need to learn", "How you will know")


@dataclass(frozen=True)
class Card:
    """One source: rows of (what, words), and ways from there, as (words, address)."""

    title: str
    rows: list[tuple[str, str]]
    links: tuple[tuple[str, str], ...] = ()


more_cards: list[Callable[[OutreachRequest, User, date], Iterable[Card]]] = []
"""Rooms above put theirs here when the software starts; each gives what this reader may see, in three queries."""


def beside(request: OutreachRequest, user: User, today: date) -> list[Card]:
    """All sources for one request, whose `host__statuses` are there: one query, and those of the rooms above."""
    return [
        Card("Inspection", list(_inspection(request, today))),
        Card("What the headteacher says", _own_areas(request)),
        Card(say("The authority’s plans"), list(_plans(request))),
        *(card for show in more_cards for card in show(request, user, today)),
    ]


def _inspection(request: OutreachRequest, today: date) -> Iterable[tuple[str, str]]:
    """The school's category and programmes, with what was noted of each; and whether the head names a report."""
    held = [row for row in request.host.statuses.all() if row.holds_on(today)]
    yield "Category", "; ".join(_status(row) for row in held if row.is_category) or "None"
    yield "Programmes", "; ".join(_status(row) for row in held if not row.is_category) or "None"
    named = Evidence.INSPECTION in request.evidence_kinds
    yield "Report named by the headteacher", "Yes, see what the evidence says" if named else "No"


def _status(row: Any) -> str:
    words = f"{row.get_name_display()}, since {date_words(row.starts_on)}"
    return f"{words}. {row.note}" if row.note else words


def _own_areas(request: OutreachRequest) -> list[tuple[str, str]]:
    given = {row.label: row.value for row in requests.rows_of(request)}
    return [(label, _words(given[label]) or NO_EVIDENCE) for label in OWN_AREAS]


def _words(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


def _plans(request: OutreachRequest) -> Iterable[tuple[str, str]]:
    """The linked priorities, by the plan that they come from; one query."""
    linked = list(request.priorities.all())
    for kind in Priority.Kind:
        if names := [str(each) for each in linked if each.kind == kind]:
            yield str(kind.label), "; ".join(names)
    if not linked:
        yield "Priorities it serves", request.no_priority_reason or "None linked"
