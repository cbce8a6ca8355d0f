"""Matches that hang on an AST's post (R-17.7, R-3.16)."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.matching import actions
from placements.matching.models import Match
from staff.accounts.models import User
from staff.posts.events import AWAY, LEAVING, MOVING, Away, Leaving, Moving, TakenBack, taken_back_facts

WAIT, WITHDRAW = "wait", "withdraw"


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
    reason = f"{say('The AST')}’s last day in post is {date_words(event.last_day)}" if event.last_day else ""
    for match in beyond(event):
        actions.take_back(match=match, by=by, reason=reason)


def _waiting(event: Moving | Away) -> QuerySet[Match]:
    waiting = Match.objects.awaiting_answer().filter(post=event.post)
    return waiting.select_related("request__host", "post").order_by("pk")


def of_moving(event: Moving) -> Iterator[Hanging]:
    """The new school's head is asked; nobody is asked for a match with the own school."""
    for match in _waiting(event):
        what = f"{match.request.reference}, {match.request.host.name}: waits for answers"
        asked = f"The headteacher of {event.home.name} is asked on the day of the move; a yes of the old one lapses."
        own = say("Is withdrawn on the day of the move: that school is the AST’s own then. The request is open again.")
        fate = own if match.request.host_id == event.home.pk else asked
        yield Hanging(what, fate, reverse("placements:match", args=[match.pk]))


def carry(event: Moving, by: User | None) -> None:
    for match in _waiting(event):
        if match.request.host_id == event.home.pk:
            actions.take_back(match=match, by=by, reason=f"{event.home.name} is {say('the AST')}’s own school now")
        else:
            actions.ask_new_home(match=match, by=by)


def of_absence(event: Away) -> Iterator[Hanging]:
    """They wait unless somebody withdraws them: the time asked for may be another (R-20.4)."""
    for match in _waiting(event):
        what = f"{match.request.reference}, {match.request.host.name}: a match waits for answers"
        choices = ((WAIT, "Wait for the answers"), (WITHDRAW, "Withdraw it: the request is open again"))
        url = reverse("placements:match", args=[match.pk])
        yield Hanging(what, "The weeks asked for may lie after the time away.", url, key=_key(match), choices=choices)


def settle_absence(event: Away, by: User | None) -> None:
    """Those that were chosen are taken back; the school hears that the request is open again."""
    for match in _waiting(event):
        if event.decisions.get(_key(match)) == WITHDRAW:
            actions.take_back(match=match, by=by, reason=say("The AST cannot come in this time"))


def _key(match: Match) -> str:
    return f"match_{match.pk}"


def asked_of(event: TakenBack) -> Iterator[Problem]:
    """R-2.1: nobody is matched who was never in post. One query."""
    waiting = Match.objects.awaiting_answer().filter(post=event.post).select_related("request__host").order_by("pk")
    for match in waiting[:1]:
        request = match.request
        words = f"A match waits for answers ({request.reference}, {request.host.name}). Withdraw it first."
        yield Problem(words, "stage", "R-2.1", "match")


def register() -> None:
    """Called when the software starts."""
    AWAY.register("Matches", of_absence, settle_absence, order=30)
    MOVING.register("Matches", of_moving, carry, order=30)
    LEAVING.register("Matches", of_leaving, withdraw, order=30)
    taken_back_facts.append(asked_of)
