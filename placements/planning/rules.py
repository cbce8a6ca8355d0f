"""What decides who comes first in a deployment plan, and what stops one from being made or accepted. Pure."""

from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.words import say, say_later
from placements.requests.lifecycle import Route
from placements.requests.rules import Host

LONG_WAIT = 28
"""Days: every four weeks of waiting add a tenth to a request's weight, up to half."""
WAITING_MOST = 5
LEAST_SHARED_DAYS = 4
"""Fewer days than this are not worth two ASTs."""

CLASSES = {
    1: "School in a category",
    2: say_later("Asked by the authority, or school in a programme"),
    3: say_later("Serves one of the authority’s priorities"),
    4: "Other requests",
}
"""Classes of priority, the first met first (decision 6)."""

OF_THE_AUTHORITY = frozenset({Route.HEAD_OF_IMPROVEMENT, Route.DATA, Route.INSPECTION})
"""Routes by which the authority itself asks (R-5.6)."""


def priority_of(host: Host, route: str, *, serves: bool) -> int:
    """The class of a request: 1 is met first. Never what was declared of a person (section G).

    `serves`: it is linked to one of the authority's priorities (R-14.1).
    """
    if host.category:
        return 1
    if host.programmes or route in OF_THE_AUTHORITY:
        return 2
    return 3 if serves else 4


def waiting_of(submitted: date | None, today: date) -> int:
    """How much longer than others it has waited, from 0 to 5.

    >>> waiting_of(date(2026, 9, 1), date(2026, 11, 3))
    2
    """
    return min(max((today - submitted).days // LONG_WAIT, 0), WAITING_MOST) if submitted else 0


def nothing_to_plan(requests: int, asts: int) -> list[Problem]:
    """A plan needs somebody who asks and somebody who can go."""
    if not requests:
        return [Problem("No request is ready to be planned in these weeks.", "span", "R-7.1", "no-requests")]
    if not asts:
        return [Problem(say("No AST is in post in these weeks."), "span", "R-7.2", "no-asts")]
    return []


def past(last: date, today: date) -> list[Problem]:
    """Only time to come can be planned."""
    return [Problem("These weeks have passed. Select others.", "span", code="past")] if last < today else []


def nothing_ticked(count: int) -> list[Problem]:
    return [] if count else [Problem("Tick the lines that you accept", "line", "R-7.5", "none")]


def without_reason(reason: str, *, words: str = "Enter a reason", field: str = "reason") -> list[Problem]:
    """Pins, bans and overrides say why."""
    return [] if reason.strip() else [Problem(words, field, "R-7.3", "reason")]
