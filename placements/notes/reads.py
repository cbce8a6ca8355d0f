"""Notes beside what they are about (R-20.3, R-20.6)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from astcoord.core import shown
from astcoord.core.finding import list_url
from astcoord.core.wording import date_words
from astcoord.ui.about import Card
from placements.notes.models import CaseNote
from placements.requests.models import OutreachRequest
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_office

MOST = 10


def beside_request(request: OutreachRequest, user: User, today: date) -> Iterator[Card]:
    """For the office: what is noted on a request, and the way to note more. One query."""
    if is_office(user):
        yield Card("Notes of the office", _lines(request.notes.all(), user), _add("request", request.pk))


def of_school(school: School, user: User) -> Iterator[Card]:
    """For the office: notes on a school, and the way to note more. One query."""
    if is_office(user):
        every = ("All notes on this school", list_url("placements:notes", state="all", school=str(school.urn)))
        notes = _lines(school.case_notes.all(), user)  # type: ignore[attr-defined]
        yield Card("Notes of the office", notes, (*_add("school", school.pk), every))


def _lines(notes: QuerySet[CaseNote], user: User) -> tuple[tuple[str, str, str], ...]:
    found = shown.all_shown_to(user, notes.filter(done_on=None).select_related("owner", "request")[:MOST])
    return tuple((note.text, _hint(note), note.get_absolute_url()) for note in found)


def _hint(note: CaseNote) -> str:
    return f"{date_words(note.due_on)}, {note.owner}" if note.due_on else str(note.owner)


def _add(about: str, key: int) -> tuple[tuple[str, str], ...]:
    return (("Add a note", f"{reverse('placements:note_add')}?{about}={key}"),)
