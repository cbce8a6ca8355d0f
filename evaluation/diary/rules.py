"""When a diary entry is whole (R-10.3, R-10.4), and how far a page may tell it (section G)."""

from collections.abc import Collection, Iterable
from enum import IntEnum

from astcoord.core.problems import Problem


class Depth(IntEnum):
    """How much of a placement's diary somebody reads: a greater depth holds the smaller ones."""

    NOTHING = 0
    TIME = 1
    PRIORITIES = 2
    ALL = 3


def missing_from_entry(
    *, priorities: str, activities: Collection[str], talk_held: bool | None, talk_note: str
) -> list[Problem]:
    """What keeps an entry from being submitted. Nothing asked here is about how good anybody is (R-10.6)."""
    problems = []
    if not priorities.strip():
        problems.append(Problem("Enter the main priorities of the outreach day", "priorities", "R-10.4", "priorities"))
    if not activities:
        problems.append(Problem("Select what was done", "activities", "R-10.4", "activities"))
    if talk_held is None:
        problems.append(Problem("Select whether the end-of-day talk was held", "talk_held", "R-10.3", "talk"))
    elif not talk_held and not talk_note.strip():
        problems.append(
            Problem("Enter why the end-of-day talk was not possible", "talk_reason", "R-10.3", "talk-reason")
        )
    return problems


def not_of_this_placement(chosen: Iterable[int], allowed: Collection[int], *, field: str, noun: str) -> list[Problem]:
    """Only the placement's own supported staff and objectives may be named."""
    if set(chosen) <= set(allowed):
        return []
    return [Problem(f"Select {noun} of this placement", field, "R-10.4", "foreign")]


def withdrawn_by_then(chosen: Iterable[int], withdrawn: Collection[int]) -> list[Problem]:
    """Whoever has withdrawn is named only for the days before (R-6.12)."""
    if not set(chosen) & set(withdrawn):
        return []
    return [Problem("Somebody whom you ticked had withdrawn by that day", "staff", "R-6.12", "withdrawn")]
