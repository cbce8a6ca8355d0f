"""When a diary entry is whole (R-10.3, R-10.4), and how far a page may tell it (section G)."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import IntEnum

from astcoord.core.problems import Problem
from astcoord.core.words import say
from placements.days.rules.parts import same_class
from staff.expertise.vocabulary import WorkType


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


def another_date_unsaid(was: date, on: date, why: str) -> list[Problem]:
    """R-20.5: a day that was written up on the wrong date is put on another one with a reason."""
    if was == on or why.strip():
        return []
    return [Problem("Enter why the date was wrong", "why", "R-20.5", "why")]


MOST_LESSONS, LONGEST_CLASS = 8, 60


def lesson_problems(activities: Collection[str], classes: Collection[str], *, planned: bool) -> list[Problem]:
    """R-6.5: a model lesson has a class, so that repeated ones are seen; `planned`: the day's plan names it."""
    field = "lesson_classes"
    if WorkType.MODEL_LESSON not in activities:
        return []
    if not classes and not planned:
        return [Problem("Enter the class that had the model lesson", field, "R-6.5", "class")]
    if any(not same_class(taught) or len(taught) > LONGEST_CLASS for taught in classes):
        words = f"Enter each class on a line of its own, in {LONGEST_CLASS} characters or fewer. For example, Year 4"
        return [Problem(words, field, "R-6.5", "class")]
    if len(classes) > MOST_LESSONS:
        return [Problem(f"Enter no more than {MOST_LESSONS} classes for one day", field, "R-6.5", "many")]
    return []


def not_of_this_placement(chosen: Iterable[int], allowed: Collection[int], *, field: str, noun: str) -> list[Problem]:
    """Only the placement's own supported staff and objectives may be named."""
    if set(chosen) <= set(allowed):
        return []
    return [Problem(f"Select {noun} of {say('this placement')}", field, "R-10.4", "foreign")]


def withdrawn_by_then(chosen: Iterable[int], withdrawn: Collection[int]) -> list[Problem]:
    """Whoever has withdrawn is named only for the days before (R-6.12)."""
    if not set(chosen) & set(withdrawn):
        return []
    return [Problem("Somebody whom you ticked had withdrawn by that day", "staff", "R-6.12", "withdrawn")]
