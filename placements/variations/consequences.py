"""Other shares of time that hang on an AST's post (R-17.7, R-4.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.variations import actions
from placements.variations.lifecycle import VARIATION_WAITS, VariationStatus
from placements.variations.models import TimeVariation
from staff.accounts.models import User
from staff.posts.events import HOURS, LEAVING, Leaving, NewHours, TakenBack, taken_back_facts


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Those that would outlast the post."""
    if event.last_day is None:
        return
    until = date_words(event.last_day)
    for each in TimeVariation.objects.filter(post=event.post, ends_on__gt=event.last_day).live():
        waits = each.status in VARIATION_WAITS
        fate = "Is withdrawn now: it waits for an agreement." if waits else f"Counts until {until}."
        what = f"{each.percent} of the time from {date_words(each.starts_on)} to {date_words(each.ends_on)}"
        yield Hanging(what, fate, each.get_absolute_url())


def follow(event: Leaving | NewHours, by: User | None) -> None:
    for each in TimeVariation.objects.filter(post=event.post).live():
        actions.follow_post(variation=each, by=by)


def of_hours(event: NewHours) -> Iterator[Hanging]:
    """Those in force: they are a share of other hours."""
    running = TimeVariation.objects.filter(post=event.post, status=VariationStatus.IN_FORCE)
    for each in running.filter(ends_on__gte=event.starts_on):
        what = f"{each.percent} of the time from {date_words(each.starts_on)} to {date_words(each.ends_on)}"
        yield Hanging(what, "Goes on, and counts by the new hours.", each.get_absolute_url())


def taking_back(event: TakenBack) -> Iterator[Problem]:
    """R-2.1: nobody has time for it who was never in post. One query."""
    if TimeVariation.objects.filter(post=event.post).live().exists():
        words = say("Another share of time of this AST is agreed or asked for. Withdraw or end it first.")
        yield Problem(words, "stage", "R-2.1", "share")


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Another share of time", of_leaving, follow, order=40)
    HOURS.register("Another share of time", of_hours, follow, order=40)
    taken_back_facts.append(taking_back)
