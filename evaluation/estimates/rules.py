"""What an estimate may say, and when help is offered because of one: pure functions (R-11.12)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from astcoord.core.problems import Problem
from astcoord.core.suppression import SMALLEST_GROUP
from astcoord.core.wording import number
from evaluation.estimates.lifecycle import OfferStatus
from evaluation.results.lifecycle import MEANINGS, Measure
from evaluation.results.rules import SMALL
from evaluation.results.wording import POINTS, figure_words

AHEAD = 2
"""Estimates are made for pupils who are at the school already: so many years after this one†."""


def estimate_problems(
    figures: Mapping[str, Decimal | None], *, subject: str, measure: str, year: int, pupils: int | None, today: date
) -> list[Problem]:
    """`figures` by field; none where a field is empty. What is wrong with the measure hides what follows from it."""
    meaning = MEANINGS[measure]
    label = Measure(measure).label
    if subject not in meaning.subjects:
        return [Problem(f"“{label}” is no figure of this subject: choose another measure", "measure", "R-11.12")]
    found = []
    if meaning.span_of(year) is None:
        words = f"There was no “{label}” in {year}: check the year, or choose another measure"
        found.append(Problem(words, "year", "R-11.12", "no-measure"))
    elif year > today.year + AHEAD:
        words = f"{year} is too far ahead: enter {today.year + AHEAD} or earlier"
        found.append(Problem(words, "year", "R-11.12", "far"))
    low, high = meaning.between
    for name, figure in figures.items():
        if figure is not None and not low <= figure <= high:
            words = f"The {name} cannot be {number(figure)}: “{label}” goes from {number(low)} to {number(high)}"
            field = "value" if name == "estimate" else name
            found.append(Problem(words, field, "R-11.12", "range"))
    if pupils is not None and pupils < SMALLEST_GROUP:
        words = f"Leave out groups of fewer than {SMALLEST_GROUP} pupils: their figures would tell of single pupils"
        found.append(Problem(words, "pupils", "R-11.12", "few"))
    return found


def is_small(pupils: int | None) -> bool:
    """So few that the figure says little."""
    return pupils is not None and pupils <= SMALL


def below_words(estimate: Decimal, actual: Decimal, measure: str) -> str:
    """How far an actual figure lies from the estimate, in the points of the measure.

    >>> below_words(Decimal("62.0"), Decimal("55.5"), "gcse_ac")
    '6.5 percentage points under the estimate'
    """
    if actual == estimate:
        return "as estimated"
    side = "under" if actual < estimate else "over"
    return f"{number(abs(estimate - actual))} {POINTS[MEANINGS[measure].unit]} {side} the estimate"


def said(estimate: Decimal, actual: Decimal | None, measure: str) -> str:
    """“Estimate 62.0%, result 55.0%: 7 percentage points under the estimate”."""
    unit = MEANINGS[measure].unit
    told = f"Estimate {figure_words(estimate, unit)}"
    if actual is None:
        return f"{told}, result not entered"
    return f"{told}, result {figure_words(actual, unit)}: {below_words(estimate, actual, measure)}"


def offer_problems(*, candidate: bool, asked: str, status: str) -> list[Problem]:
    """Help is offered where a result lies under its estimate, once, and not to a school that has asked already.

    `asked`: the reference of an open request of the school in this subject.
    """
    if status in (OfferStatus.ACCEPTED, OfferStatus.DECLINED):
        words = "The headteacher has answered this offer already. It is not made a second time."
        return [Problem(words, "", "R-11.12", "answered")]
    if not candidate:
        words = "Help is offered where a result lies under its estimate. Here none does, or the result is not entered."
        return [Problem(words, "", "R-11.12", "not-under")]
    if asked:
        return [Problem(f"The school has asked for help in this subject: see {asked}.", "", "R-11.12", "asked")]
    return []
