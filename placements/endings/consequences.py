"""Placements that hang on an AST's post: nobody ends a signed contract silently (R-17.7, R-3.16, R-8.14)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.placement.lifecycle import PLACEMENT_BEFORE_CONTRACT
from placements.placement.models import Placement
from staff.posts.events import LEAVING, Leaving


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Open placements: those within the last day run to their end, the others somebody must decide."""
    if event.last_day is None:
        return
    until = date_words(event.last_day)
    for placement in Placement.objects.open().filter(post=event.post).with_people().order_by("pk"):
        what = f"{placement.reference}, {placement.host.name}: {placement.get_status_display().lower()}"
        url = placement.get_absolute_url()
        if placement.ends_on is not None and placement.ends_on <= event.last_day:
            yield Hanging(what, f"Runs to its agreed end on {date_words(placement.ends_on)}.", url)
        elif placement.status in PLACEMENT_BEFORE_CONTRACT:
            fate = f"You decide: agree on days until {until}, or abandon it, and its request is open again."
            yield Hanging(what, fate, url, undecided=True)
        else:
            fate = f"You decide: change the contract to end by {until}, or end it early on that day."
            yield Hanging(what, fate, url, undecided=True)


def register() -> None:
    """Called when the software starts."""
    LEAVING.register(say("Placements"), of_leaving, order=5)
