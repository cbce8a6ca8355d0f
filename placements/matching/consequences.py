"""Matches that hang on an AST's post (R-17.7, R-3.16)."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.wording import date_words
from placements.matching import actions
from placements.matching.models import Match
from staff.accounts.models import User
from staff.posts.events import LEAVING, Leaving


def beyond(event: Leaving) -> QuerySet[Match]:
    """Matches that wait for answers and would go on after the last day."""
    if event.last_day is None:
        return Match.objects.none()
    longer = Q(request__wanted_until=None) | Q(request__wanted_until__gt=event.last_day)
    waiting = Match.objects.awaiting_answer().filter(longer, post=event.post)
    return waiting.select_related("request__host", "post").order_by("pk")


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Each goes back to the queue."""
    for match in beyond(event):
        request = match.request
        what = f"{request.reference}, {request.host.name}: waits for answers"
        fate = "Is withdrawn now, because the weeks asked for go on after the last day. The request is open again."
        yield Hanging(what, fate, reverse("placements:match", args=[match.pk]))


def withdraw(event: Leaving, by: User | None) -> None:
    reason = f"The AST’s last day in post is {date_words(event.last_day)}" if event.last_day else ""
    for match in beyond(event):
        actions.take_back(match=match, by=by, reason=reason)


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Matches", of_leaving, withdraw, order=30)
