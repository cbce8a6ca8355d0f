"""What stands against a step on the way into a post, as pure functions (R-2.1, R-2.2, R-2.3, R-2.4)."""

from datetime import date, timedelta
from decimal import Decimal

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, listed
from staff.posts.lifecycle import PostStatus

FARTHEST = timedelta(days=2 * 366)
"""A booking farther ahead is a slip of the pen."""


def candidate_problems(*, fte: Decimal, route: str) -> list[Problem]:
    """R-2.3: any teacher who stays in the classroom, part-time and peripatetic too; R-2.4: how found."""
    found = []
    if not Decimal("0.1") <= fte <= 1:
        found.append(Problem("Enter a full-time equivalent from 0.1 to 1, such as 0.6", "fte", "R-2.3", "range"))
    if not route:
        found.append(Problem("Select how the candidate was found", "route", "R-2.4"))
    return found


def booking_problems(*, on: date, body: str, named_on: date | None, today: date) -> list[Problem]:
    """R-2.1: not before the candidate was named, and not far off."""
    found = []
    if on > today + FARTHEST:
        found.append(Problem("The date of the assessment is far from today. Check the year.", "on", "R-2.2", "far"))
    elif named_on is not None and on < named_on:
        words = f"The assessment must be on or after {date_words(named_on)}, when the governors decided"
        found.append(Problem(words, "on", "R-2.1", "before-decision"))
    if not body.strip():
        found.append(Problem("Enter the body that assesses the teacher", "body", "R-2.2"))
    return found


def result_problems(*, on: date, body: str, not_before: date | None, today: date) -> list[Problem]:
    """R-2.2: held on a day that has been, by a named body."""
    if on > today:
        return [Problem("The date of the assessment must be today or in the past", "on", "R-2.2", "future")]
    return booking_problems(on=on, body=body, named_on=not_before, today=today)


def closing_problems(*, status: str, reason: str) -> list[Problem]:
    """R-2.1: with a reason; a secondment ends on its own page."""
    if status == PostStatus.SECONDED:
        words = "This teacher is seconded. Choose on the secondment’s page what follows."
        return [Problem(words, "", "R-2.17", "seconded")]
    return [] if reason.strip() else [Problem("Enter a short reason", "reason", "R-2.1", "reason")]


def start_problems(*, starts_on: date, passed_on: date | None, today: date) -> list[Problem]:
    """R-2.1, R-2.2: only after a pass, and on a day that makes sense."""
    if passed_on is None:
        words = "Nobody can be in post without a pass of the external assessment. Record the pass first."
        return [Problem(words, "starts_on", "R-2.1", "unassessed")]
    if starts_on < passed_on:
        words = f"The first day in post must be on or after {date_words(passed_on)}, the date of the pass"
        return [Problem(words, "starts_on", "R-2.2", "before-pass")]
    if starts_on > today + FARTHEST:
        return [Problem("The first day in post is far from today. Check the year.", "starts_on", "R-2.1", "far")]
    return []


def first_day_problems(*, starts_on: date, fixed: list[tuple[date, str]]) -> list[Problem]:
    """R-17.7: what is recorded of the post already does not lie before its first day. `fixed` are (day, what)."""
    early = sorted((day, what) for day, what in fixed if day < starts_on)
    if not early:
        return []
    named = listed(f"{what} on {date_words(day)}" for day, what in early[:5])
    words = f"Before that day there is {named}. Enter the day of the first of them or an earlier one."
    return [Problem(words, "starts_on", "R-17.7", "outside")]
