"""Notes beside what they are about (R-20.3, R-20.6)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from astcoord.core import shown
from astcoord.core.wording import date_words
from placements.notes.models import CaseNote
from placements.requests.models import OutreachRequest
from placements.requests.reads import Card
from staff.accounts.models import User
from staff.accounts.permissions import is_office

MOST = 10


def beside_request(request: OutreachRequest, user: User, today: date) -> Iterator[Card]:
    """For the office: what is noted on a request, and the way to note more. One query."""
    if is_office(user):
        yield Card("Notes of the office", _lines(request.notes.all(), user), _add("request", request.pk))


def of_school(school: Any, user: User) -> list[tuple[str, str]]:
    """For the office: notes on a school, as (words, address), and the way to note more. One query."""
    if not is_office(user):
        return []
    noted = [(f"Note: {words}", url) for words, _, url in _lines(school.case_notes.all(), user)]
    return [*noted, *_add("school", school.pk)]


def _lines(notes: QuerySet[CaseNote], user: User) -> tuple[tuple[str, str, str], ...]:
    found = shown.all_shown_to(user, notes.filter(done_on=None).select_related("owner", "request")[:MOST])
    return tuple((note.text, _hint(note), note.get_absolute_url()) for note in found)


def _hint(note: CaseNote) -> str:
    return f"{date_words(note.due_on)}, {note.owner}" if note.due_on else str(note.owner)


def _add(about: str, key: int) -> tuple[tuple[str, str], ...]:
    return (("Add a note", f"{reverse('placements:note_add')}?{about}={key}"),)
