"""How long a secondment runs, and what must be said of its beginning, its pass and its end (R-2.17)."""

from calendar import monthrange
from datetime import date, timedelta

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words

NOTICE = 3
"""Months before its last day that an ending is asked for: month 33 of 36."""
FAR = 3 * 366
LONGEST_BACK = 5 * 366


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one.

    >>> months_later(date(2026, 9, 1), 36), months_later(date(2026, 11, 30), 3), months_later(date(2026, 9, 1), -3)
    (datetime.date(2029, 9, 1), datetime.date(2027, 2, 28), datetime.date(2026, 6, 1))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(starts_on: date, months: int) -> date:
    """The last day of so many months.

    >>> last_day(date(2026, 9, 1), 36)
    datetime.date(2029, 8, 31)
    """
    return months_later(starts_on, months) - timedelta(days=1)


def asked_on(ends_on: date) -> date:
    """The day on which an ending is asked for: three months before it is over.

    >>> asked_on(date(2029, 8, 31))
    datetime.date(2029, 6, 1)
    """
    return months_later(ends_on + timedelta(days=1), -NOTICE)


def beginning_problems(*, starts_on: date, decided_on: date, today: date) -> list[Problem]:
    """A first day within reason, and the governors' decision on or before it (R-1.4)."""
    found = []
    if abs((starts_on - today).days) > FAR:
        found.append(Problem("The first day is far from today. Check the year.", "starts_on", "R-2.17", "far"))
    if decided_on > min(starts_on, today):
        words = "The governors must have decided before the first day, and not in the future"
        found.append(Problem(words, "decided_on", "R-1.4", "order"))
    return found


def pass_problems(*, passed_on: date, starts_on: date, assessor: str, today: date) -> list[Problem]:
    """R-2.2: a day that has come, not before the secondment began, and who assessed."""
    found = []
    if passed_on > today:
        found.append(Problem("The day of the pass must be today or in the past", "passed_on", "R-2.2", "future"))
    elif passed_on < starts_on:
        words = f"The secondment began on {date_words(starts_on)}: enter a day after that"
        found.append(Problem(words, "passed_on", "R-2.2", "before"))
    if not assessor.strip():
        found.append(Problem("Enter who assessed", "assessor", "R-2.2", "assessor"))
    return found


def extension_problems(*, ends_on: date, new_end: date, reason: str, today: date) -> list[Problem]:
    """R-2.17: later than now planned, with the exceptional reason in writing."""
    found = []
    if new_end <= max(ends_on, today):
        words = f"The new last day must be after {date_words(max(ends_on, today))}"
        found.append(Problem(words, "until", "R-2.17", "order"))
    elif (new_end - ends_on).days > FAR:
        found.append(Problem("The new last day is far from the last. Check the year.", "until", "R-2.17", "far"))
    if not reason.strip():
        found.append(Problem("Enter the exceptional reason for an extension", "reason", "R-2.17", "reason"))
    return found


def ending_problems(*, last: date, starts_on: date, reason: str, today: date) -> list[Problem]:
    """A last day within the secondment or close by, and a few words why."""
    found = []
    if last < starts_on or abs((last - today).days) > FAR:
        words = f"The last day must be on or after {date_words(starts_on)}, and not far from today"
        found.append(Problem(words, "until", "R-2.17", "order"))
    if not reason.strip():
        found.append(Problem("Enter a short reason", "reason", "R-2.17", "reason"))
    return found


def closing_soon(closes_on: date, today: date) -> bool:
    """The last week before a round closes (N22)."""
    return today <= closes_on <= today + timedelta(days=7)
