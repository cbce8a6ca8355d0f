"""Inreach that hangs on an AST's post (R-17.7, R-4.8)."""

from collections.abc import Iterator

from django.db.models import QuerySet

from astcoord.core.consequences import Hanging
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.activities.actions import inreach
from placements.activities.lifecycle import INREACH_OPEN, InreachStatus
from placements.activities.models import InreachAgreement
from staff.accounts.models import User
from staff.posts.events import LEAVING, MOVING, Leaving, Moving, TakenBack, taken_back_facts


def beyond(event: Leaving) -> QuerySet[InreachAgreement]:
    """Agreements that would outlast the post."""
    if event.last_day is None:
        return InreachAgreement.objects.none()
    return InreachAgreement.objects.filter(post=event.post, status__in=INREACH_OPEN, ends_on__gt=event.last_day)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """What waits is taken back, what is agreed ends with the post."""
    until = date_words(event.last_day) if event.last_day else ""
    for each in beyond(event):
        asked = each.status == InreachStatus.ASKED
        fate = "Is taken back now: it waits for an answer." if asked else f"Ends on {until}."
        what = f"Inreach from {date_words(each.starts_on)} to {date_words(each.ends_on)}"
        yield Hanging(what, fate, each.get_absolute_url())


def take_back(event: Leaving, by: User | None) -> None:
    """What is agreed the night after the last day ends (`inreach.finish_inreach`)."""
    for each in beyond(event).filter(status=InreachStatus.ASKED):
        inreach.take_back(agreement=each, by=by, reason=say("The AST leaves the post before its last day"))


def of_moving(event: Moving) -> Iterator[Hanging]:
    """What was agreed for colleagues at the old school."""
    running = InreachAgreement.objects.filter(post=event.post, status__in=INREACH_OPEN, ends_on__gte=event.on)
    for each in running:
        what = f"Inreach from {date_words(each.starts_on)} to {date_words(each.ends_on)}"
        fate = f"You decide: it goes on at {event.home.name}, unless you end it."
        yield Hanging(what, fate, each.get_absolute_url(), undecided=True)


def taking_back(event: TakenBack) -> Iterator[Problem]:
    """R-2.1: nobody has time for it who was never in post. One query."""
    if InreachAgreement.objects.filter(post=event.post, status__in=INREACH_OPEN).exists():
        words = say("Inreach of this AST is agreed or asked for. Take it back or end it first.")
        yield Problem(words, "stage", "R-2.1", "inreach")


def register() -> None:
    """Called when the software starts."""
    MOVING.register("Inreach", of_moving, order=45)
    LEAVING.register("Inreach", of_leaving, take_back, order=45)
    taken_back_facts.append(taking_back)
