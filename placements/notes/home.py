"""Notes that come back on their day (R-20.2)."""

from astcoord.core import week
from astcoord.core.week import Kind
from placements.notes.models import CaseNote


def register() -> None:
    """What this room puts on the first page."""
    week.register(DUE)


DUE = Kind(
    one="note of your own",
    many="notes of your own",
    action="Read the note",
    rows=lambda user: CaseNote.objects.filter(owner__in=user.looks_after).still_open(),
    due="due_on",
    page="placements:note",
    listed="placements:notes",
    query=(("whose", "me"),),
    school="host_name",
    owner="owner__name",
    text="text",
)
"""Of whoever it is kept for, until it is done."""
