"""What may be chosen from the authority's priorities, and what a request or a placement says of them (R-14.1)."""

from datetime import date

from astcoord.core.problems import Problem
from placements.models import OutreachRequest, Placement, Priority
from placements.rules import priorities as rules

GONE = "One of these is no longer among the authority’s priorities. Choose from the list."
NONE_SAID = "Not said yet"
NO_PRIORITY = "None of the authority’s priorities"


def listed(priority: Priority) -> rules.Listed:
    """For the rules."""
    return rules.Listed(priority.kind, priority.name, priority.first_year, priority.last_year)


def offered(today: date, *, beside: Placement | None = None) -> list[Priority]:
    """Those that run now, in the list's order; for a placement also those it is linked to. One query."""
    found = Priority.objects.running(today)
    if beside is not None:
        found = (found | Priority.objects.filter(placements=beside)).distinct()
    return list(found)


def names_of(thing: OutreachRequest | Placement) -> list[str]:
    """The priorities it serves, in the list's order; one query, or none with them prefetched."""
    return [str(each) for each in thing.priorities.all()]


def words_of(thing: OutreachRequest | Placement) -> str:
    """For a page: the priorities it serves, or why none; empty where nothing has been said."""
    names = names_of(thing)
    if names or not thing.no_priority_reason:
        return "; ".join(names)
    return f"{NO_PRIORITY}: {thing.no_priority_reason}"


def told_of(placement: Placement) -> str:
    """For those who read a summary: the same without the reason, which is somebody's own words."""
    if not placement.no_priority_reason:
        return words_of(placement) or NONE_SAID
    return NO_PRIORITY


def problems_of(request: OutreachRequest, *, today: date) -> list[Problem]:
    """What a request still has to say of priorities before it is sent; two queries."""
    now = offered(today)
    running = {each.pk for each in now}
    linked = [(str(each), each.pk in running) for each in request.priorities.all()]
    return rules.request_problems(linked, request.no_priority_reason, any_offered=bool(now))
