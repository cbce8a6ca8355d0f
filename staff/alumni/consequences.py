"""What of the board of former ASTs a new policy touches (R-16.1)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.wording import counted
from astcoord.core.words import say
from staff.alumni.models import AlumniEntry


def register() -> None:
    """Called when the software starts."""
    ADOPTING.register(say("Board of former ASTs"), of_adopting, order=20)


def of_adopting(event: Adopting) -> Iterator[Hanging]:
    """Nobody's entry is lost, and nobody reads it. One query."""
    if event.turns("alumni", to=False) and (held := AlumniEntry.objects.board(event.today).count()):
        yield Hanging(counted(held, "entry", "entries"), "Kept, and shown to nobody until the board is there again")
