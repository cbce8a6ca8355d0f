"""When an outreach day may be planned, moved, written up or called off (R-4.3, R-8.0, R-8.13, R-10.4, R-10.9)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import QUARTER, counted, date_words, days_words
from astcoord.core.words import say
from placements.days.rules.time import DayUse
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY, PlacementStatus

if TYPE_CHECKING:
    from placements.placement.models import Placement

WHOLE = Decimal(1)


def not_under_way(placement: "Placement", on: date, *, preliminary_held: bool) -> list[Problem]:
    """R-8.0, R-8.13: no day before the preliminary meeting, and none before the placement is active.

    A placement that ended early still lets the days up to its end be written up.
    """
    if preliminary_held and placement.status in PLACEMENT_UNDER_WAY:
        return []
    if placement.status == PlacementStatus.ENDED_EARLY and placement.ended_on and on <= placement.ended_on:
        return []
    if not preliminary_held:
        return [
            Problem(
                "The preliminary meeting has not been held. No outreach day can be planned or written up before it.",
                rule="R-8.0",
                code="no-meeting",
            )
        ]
    return [
        Problem(
            f"Outreach days need an {say('active placement')}. {say('This placement')} is now "
            f"“{placement.get_status_display()}”, so no day can be planned or written up.",
            rule="R-8.13",
            code="not-active",
        )
    ]


def against_proposed(proposed: "Placement", use: DayUse, placed: Decimal) -> list[Problem]:
    """R-8.12: while other terms wait for signatures, no day is planned that they would leave outside."""
    first, last = proposed.starts_on, proposed.ends_on
    inside = first is None or last is None or first <= use.on <= last
    if inside and placed + use.days <= proposed.days:
        return []
    until = f" to {date_words(last)}" if last else ""
    return [
        Problem(
            f"A change of the contract waits for signatures: {days_words(proposed.days)}{until}. This day would lie "
            "outside it. Wait until it is signed or taken back, or choose another day.",
            field="on",
            rule="R-8.12",
            code="proposed",
        )
    ]


def not_part_of_a_day(days: Decimal, *, field: str = "days") -> list[Problem]:
    """An outreach day lasts a quarter of a day to a whole day, in quarters."""
    if 0 < days <= WHOLE and not days % QUARTER:
        return []
    return [Problem("Select half a day or a whole day", field=field, code="days")]


def not_a_school_day(on: date, teaching: bool, *, why: str = "", field: str = "on") -> list[Problem]:
    """Outreach happens while schools teach. `why` says what the day is instead."""
    if teaching:
        return []
    reason = why or "schools do not teach on that day"
    return [
        Problem(
            f"{date_words(on)} is not a school day: {reason}. Choose another date.",
            field=field,
            rule="R-10.4",
            code="not-a-school-day",
        )
    ]


def in_the_past(on: date, today: date, *, field: str = "on") -> list[Problem]:
    """Planning looks ahead; what has happened is written up in the diary."""
    if on >= today:
        return []
    return [
        Problem(
            "The date must be today or later. If the day has already happened, write it up in the diary instead.",
            field=field,
            code="past",
        )
    ]


def in_the_future(on: date, today: date, *, field: str = "on") -> list[Problem]:
    """R-10.4: the diary tells what has happened."""
    if on <= today:
        return []
    return [
        Problem(
            "The date must be today or in the past. Plan the day if it is still to come.",
            field=field,
            rule="R-10.4",
            code="future",
        )
    ]


def while_away(on: date, spans: Iterable[tuple[date, date | None]], *, field: str = "on") -> list[Problem]:
    """R-20.4: nothing is planned into a time in which the AST is away. Why is not said to anybody."""
    if not any(first <= on and (last is None or on <= last) for first, last in spans):
        return []
    words = (
        f"{say('The AST')} is recorded as away on {date_words(on)}. Choose another date, or ask the "
        "office to change the time "
        "away."
    )
    return [Problem(words, field=field, rule="R-20.4", code="away")]


def after_the_end(on: date, ended_on: date | None, *, field: str = "on") -> list[Problem]:
    """Nothing was held after a placement had ended."""
    if ended_on is None or on <= ended_on:
        return []
    words = f"{say('The placement')} ended on {date_words(ended_on)}. The date must be that day or before."
    return [Problem(words, field=field, rule="R-10.8", code="ended")]


def twice_on_a_date(on: date, dates: Iterable[date], *, field: str = "on") -> list[Problem]:
    """One placement has one day on a date, whole or half."""
    if on not in set(dates):
        return []
    return [
        Problem(f"There is already an outreach day on {date_words(on)} at this school.", field=field, code="same-date")
    ]


def over_one_day(uses: Iterable[DayUse], new: DayUse, *, field: str = "days") -> list[Problem]:
    """Nobody is in two places at once: all schools together, a date holds one day."""
    used = sum((use.days for use in uses if use.on == new.on), Decimal(0))
    if used + new.days <= WHOLE:
        return []
    return [
        Problem(
            f"{date_words(new.on)} already holds {days_words(used)} of outreach at another school.",
            field=field,
            rule="R-4.3",
            code="double-booked",
        )
    ]


def short_notice(school_days: int, notice: int | None) -> list[Problem]:
    """A warning where the contract gives staff some school days to prepare, and the date leaves fewer."""
    if not notice or school_days >= notice:
        return []
    given = counted(school_days, "school day")
    return [
        Problem(
            f"This gives {given} of notice. The contract gives staff {notice} to prepare something.",
            field="on",
            rule="R-10.1",
            code="short-notice",
            warning=True,
        )
    ]


def not_called_off(side: str, reason: str) -> list[Problem]:
    """R-10.9: a cancelled day keeps whose side it was, and why."""
    problems = []
    if not side:
        problems.append(Problem("Select who could not make it", field="side", rule="R-10.9", code="side"))
    if not reason.strip():
        problems.append(Problem("Enter why the day cannot happen", field="reason", rule="R-10.9", code="reason"))
    return problems
