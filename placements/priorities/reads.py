"""What may be chosen from the authority's priorities, and what a request or a placement says of them (R-14.1)."""

from datetime import date
from typing import Any, Protocol

from astcoord.core.words import say, say_later
from placements.priorities.models import Priority
from schools.calendar.years import first_year_of, slug_ahead, slug_of, slug_on

GONE = say_later("One of these is no longer among the authority’s priorities. Choose from the list.")
NONE_SAID = "Not said yet"
NO_PRIORITY = say_later("None of the authority’s priorities")


class Linked(Protocol):
    """A request or a placement: which priorities it serves, or why none."""

    pk: Any

    priorities: Any
    no_priority_reason: Any


def offered(today: date, *, begins: date | None, beside: Linked | None = None) -> list[Priority]:
    """Those that run when the work begins, in the list's order; for a placement also those it is linked to. One query.

    Work that has no date yet may be for September: from May on, next year's priorities are offered beside this
    year's (R-17.13).
    """
    found = Priority.objects.running(max(today, begins or today))
    if begins is None and (ahead := slug_ahead(today)):
        found = found | Priority.objects.running_in(first_year_of(ahead))
    if beside is not None:
        found = (found | Priority.objects.filter(placements=beside.pk)).distinct()
    return list(found)


def label_of(priority: Priority, today: date) -> str:
    """A priority where it is chosen: one that does not run yet says from when."""
    later = priority.first_year > first_year_of(slug_on(today))
    return f"{priority} (from {slug_of(priority.first_year)})" if later else str(priority)


def names_of(thing: Linked) -> list[str]:
    """The priorities it serves, in the list's order; one query, or none with them prefetched."""
    return [str(each) for each in thing.priorities.all()]


def words_of(thing: Linked, *, why: bool = True) -> str:
    """For a page: the priorities it serves, or why none; empty where nothing has been said.

    Not `why`, which is somebody's own words, for those who read sums (section G).
    """
    names = names_of(thing)
    if names or not thing.no_priority_reason:
        return "; ".join(names)
    return f"{NO_PRIORITY}: {thing.no_priority_reason}" if why else NO_PRIORITY


def spelt_out(placement: Linked, today: date) -> list[str]:
    """For those who do not have the authority's plans at hand: each in full, where it comes from and how it stands."""
    return [f"{each}. {_source(each)}, {each.years}. {_standing(each, today)}." for each in placement.priorities.all()]


def _source(priority: Priority) -> str:
    if priority.kind == Priority.Kind.THEME:
        return say("A wider theme of the authority")
    return f"From {say('the authority')}’s {priority.get_kind_display().lower()}"


def _standing(priority: Priority, today: date) -> str:
    year = first_year_of(slug_on(today))
    if priority.retired_on is not None:
        return "It is no longer among the priorities"
    if priority.first_year > year:
        return f"It begins in {slug_of(priority.first_year)}"
    if priority.last_year is not None and priority.last_year < year:
        return f"It ended with {slug_of(priority.last_year)}"
    return "It runs this year"


def told_of(placement: Linked) -> str:
    """For those who read a summary: the same without the reason."""
    return words_of(placement, why=False) or NONE_SAID
