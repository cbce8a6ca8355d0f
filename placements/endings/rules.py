"""When a placement may end early, be undone, completed or taken back (R-8.14, R-11.5, R-20.13). Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import counted, date_words, listed
from astcoord.core.words import say
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_OVER, PlacementStatus

if TYPE_CHECKING:
    from placements.placement.models import Placement

WINDOW = timedelta(days=14)
"""The final evaluation opens so long before the last day (N19)."""
TAKE_BACK = timedelta(days=30)
"""So long after it was recorded an early end can be taken back."""
DAYS_OPEN = frozenset({"not-written", "to-come"})
"""Codes of what is missing in the diary."""
AFTER_OTHERS = "after-others"
"""Code of what is done when others have done their part."""
OWNER_AST = "ast"
"""What is missing names in its field whose turn it is: a party of `placements.placement.reads`."""
BEGUN = frozenset({PlacementStatus.SIGNED, PlacementStatus.ACTIVE})
"""Whether these have begun is a question of days, not of papers."""


def end_problems(
    ended_on: date, reason: str, category: str, *, starts_on: date | None, delivered_on: date | None, today: date
) -> list[Problem]:
    """R-8.14: a day that is not to come and not before the last delivered day, a kind of reason, and a short one."""
    problems = []
    if ended_on > today:
        problems.append(Problem("The date must be today or in the past.", "ended_on", "R-8.14"))
    elif delivered_on and ended_on < delivered_on:
        message = f"An outreach day was held on {date_words(delivered_on)}. Enter that date or a later one."
        problems.append(Problem(message, "ended_on", "R-8.14", "delivered"))
    elif starts_on and ended_on < starts_on - timedelta(days=365):
        problems.append(Problem(say("The date is long before the placement. Check the year."), "ended_on", "R-8.14"))
    if not category:
        problems.append(Problem("Select the kind of reason.", "ended_category", "R-15.5"))
    return problems + no_reason(reason, "ended_reason")


def no_reason(reason: str, field: str = "reason") -> list[Problem]:
    """What is decided against a plan is decided with a short reason."""
    return [] if reason.strip() else [Problem("Enter a short reason.", field, "R-8.14")]


def begun_problems(placement: "Placement", *, delivered: bool, today: date) -> list[Problem]:
    """R-20.13: only what has not begun can be undone; a signed one begins on its first day, or with a day held.

    What was agreed before this system was no request's here, that could be open again: it is taken back (R-17.4).
    """
    if placement.taken_in_on:
        words = "It was agreed before this system. Take it back if it was entered by mistake, or end it early."
        return [Problem(words, "", "R-17.4", "before")]
    if placement.status not in BEGUN:
        return []
    started = placement.starts_on is not None and placement.starts_on <= today
    if not delivered and not started:
        return []
    return [Problem(say("This placement has begun. End it early instead."), "", "R-20.13", "begun")]


def window_opens(ends_on: date | None, today: date) -> bool:
    """The final evaluation is due: the last fortnight has begun, or has passed."""
    return ends_on is not None and ends_on - WINDOW <= today


def open_days_problems(days: Iterable[date], today: date) -> list[Problem]:
    """A day that is neither written up nor called off is not over: its time is still to be counted or given back."""
    ordered = sorted(days)
    past = [date_words(day) for day in ordered if day <= today]
    to_come = [date_words(day) for day in ordered if day > today]
    problems = []
    if past:
        them = "it" if len(past) == 1 else "them"
        message = (
            f"Not written up yet: {listed(past)}. {say('The AST')} writes the diary of {them}, or calls {them} off."
        )
        problems.append(Problem(message, OWNER_AST, "R-11.5", "not-written"))
    if to_come:
        message = f"Still planned: {listed(to_come)}. Call off {'it' if len(to_come) == 1 else 'them'}, or wait."
        problems.append(Problem(message, OWNER_AST, "R-11.5", "to-come"))
    return problems


def take_back_problems(recorded_on: date, today: date) -> list[Problem]:
    """A mistake is noticed soon; later, a new request is the honest way."""
    if today - recorded_on <= TAKE_BACK:
        return []
    message = f"It ended more than {counted(TAKE_BACK.days, 'day')} ago. Ask for a {say('new placement')} instead."
    return [Problem(message, "", "R-8.14", "too-late")]


def past_last_day(placement: "Placement", today: date) -> bool:
    """Its agreed time has run out, and nobody has ended it yet."""
    return bool(placement.ends_on and placement.ends_on < today and placement.status in PLACEMENT_OPEN)


REMINDERS = (1, 7)
"""Days after the last day on which whoever's turn it is hears of it."""
TO_COORDINATOR = 14
"""From so many days on the co-ordinator alone, once."""


def reminder_due(ends_on: date | None, today: date) -> int:
    """The number of the newest reminder that is due; 0 if none. A night that was missed is made good the next."""
    late = (today - ends_on).days if ends_on else 0
    return max((days for days in (*REMINDERS, TO_COORDINATOR) if days <= late), default=0)


def link_problems(placement: "Placement", note: str, *, worked: bool) -> list[Problem]:
    """R-8.16: an informal link follows work that is over, and says what it is about."""
    if placement.status not in PLACEMENT_OVER or not worked:
        message = say("An informal link follows the end of a placement. Until then the placement itself is the link.")
        return [Problem(message, "", "R-8.16", "not-over")]
    return [] if note else [Problem("Enter what it is about.", "note", "R-8.16")]
