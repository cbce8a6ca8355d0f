"""Return visits that hang on an AST's post (R-17.7, R-11.9)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.wording import date_words
from evaluation.returns.lifecycle import RETURN_TO_COME
from evaluation.returns.models import ReturnVisit
from staff.posts.events import LEAVING, Leaving


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Visits that have not taken place: the AST would make them."""
    if event.last_day is None:
        return
    coming = ReturnVisit.objects.filter(placement__post=event.post, status__in=RETURN_TO_COME)
    for visit in coming.select_related("placement__host").order_by("pk"):
        what = f"{visit.placement.reference}, {visit.placement.host.name}: {visit.get_status_display().lower()}"
        fate = f"You decide: agree a day until {date_words(event.last_day)}, or cancel the visit."
        yield Hanging(what, fate, visit.get_absolute_url(), undecided=True)


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Return visits", of_leaving, order=60)
