"""What of the list of aspirants hangs on a school that closes (R-17.6)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from astcoord.core.consequences import Hanging
from astcoord.core.words import say, say_later
from schools.succession.events import Handing
from staff.accounts.models import User
from staff.aspirants.models import Aspirant

ON_THE_LIST = Q(off_on=None)
WHAT = say_later("The school’s aspiring ASTs")


def hanging(on: date) -> QuerySet[Any, Any]:
    """Ids of schools with somebody on the list, or put forward."""
    return Aspirant.objects.filter(ON_THE_LIST).values("school_id")


def going(event: Handing) -> Iterator[Hanging]:
    """One line for all. One query."""
    if not _rows(event).exists():
        return
    if event.to is None:
        yield Hanging(WHAT, say("Stay on the list until the co-ordinator takes them off it"), undecided=True)
    else:
        yield Hanging(WHAT, f"At {event.to.name} from that day")


def carry(event: Handing, by: User | None) -> None:
    """The teachers go with their school."""
    event.move(_rows(event), "school")


def _rows(event: Handing) -> QuerySet[Aspirant]:
    return event.of(Aspirant.objects.all(), "school", ON_THE_LIST)
