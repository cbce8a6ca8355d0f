"""What makes an attainment figure wrong, which figures may be compared, and how sure a change is (R-11.10). Pure."""

from decimal import Decimal
from math import sqrt
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from evaluation.results.lifecycle import MEANINGS, Area, Measure, Span, Unit
from evaluation.results.wording import plain
from staff.expertise.vocabulary import Subject

if TYPE_CHECKING:
    from evaluation.results.models import AttainmentResult

RULE = "R-11.10"
FEWEST = 3
"""Pupils: a figure of fewer would tell of one of them, and none is kept (section G)."""
SMALL = 10
"""Pupils up to which a group is called small: one pupil is then ten percentage points or more."""
MOST = 2_000
"""Pupils of one year in one school."""
Z = 1.959963984540054
"""Of the normal distribution, for 95%."""


def result_problems(row: "AttainmentResult", *, latest: int) -> list[Problem]:
    """A figure as it would be stored. `latest` is the last year that can have figures by now."""
    meaning = MEANINGS.get(row.measure)
    if meaning is None:
        return [Problem("Select the measure", "measure", RULE, "missing")]
    found = _subject_problems(row.subject, row.measure)
    low, high = meaning.between
    if row.year > latest:
        found.append(Problem(f"The year must be {latest} or earlier: there are no later figures yet", "year", RULE))
    elif meaning.span_of(row.year) is None:
        words = f"There is no “{Measure(row.measure).label}” for {row.year}: it was measured {_when(row.measure)}"
        found.append(Problem(words, "year", RULE, "no-such-year"))
    if not low <= row.value <= high:
        words = f"“{Measure(row.measure).label}” must be between {plain_words(low)} and {plain_words(high)}"
        found.append(Problem(words, "value", RULE, "range"))
    return found + _cohort_problems(row.cohort, of_a_school=row.area == Area.SCHOOL)


def _cohort_problems(cohort: int | None, *, of_a_school: bool) -> list[Problem]:
    """The number of pupils may be left out; so few that one could be known are not kept."""
    if cohort is None:
        return []
    if cohort < FEWEST:
        words = f"A figure of fewer than {FEWEST} pupils is not kept, because it would tell of one of them"
        return [Problem(words, "cohort", RULE, "too-few")]
    if of_a_school and cohort > MOST:
        return [Problem(f"The number of pupils must be {MOST:,} or fewer", "cohort", RULE, "too-many")]
    return []


def _subject_problems(subject: str, measure: str) -> list[Problem]:
    allowed = MEANINGS[measure].subjects
    if subject in allowed:
        return []
    label = Measure(measure).label
    if "" in allowed:
        words = f"“{label}” is of the whole school: select “Whole school”"
    elif len(allowed) == len(Subject):
        words = f"“{label}” is of one subject: select it"
    else:
        words = f"“{label}” is of {' or '.join(sorted(str(Subject(code).label) for code in allowed))}: select it"
    return [Problem(words, "subject", RULE, "subject")]


def _when(measure: str) -> str:
    """The years in which a measure was there."""
    said = [f"in {first}" if first == last else _from(first, last) for first, last in _joined(measure)]
    return " and ".join(said)


def _from(first: int, last: int | None) -> str:
    return f"from {first} on" if last is None else f"from {first} to {last}"


def _joined(measure: str) -> list[Span]:
    """Spans without a gap between them as one."""
    found: list[Span] = []
    for first, last in MEANINGS[measure].spans:
        if found and found[-1][1] is not None and found[-1][1] + 1 == first:
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found


def plain_words(value: Decimal) -> str:
    """A bound, without idle noughts."""
    return str(plain(value)).removesuffix(".0").replace("-", "−")


def comparable(measure: str, before: int, after: int) -> bool:
    """Whether a measure meant the same in both years; only then is a change worked out (R-11.10)."""
    meaning = MEANINGS[measure]
    span = meaning.span_of(before)
    return span is not None and span == meaning.span_of(after)


def wilson(share: float, pupils: int) -> tuple[float, float]:
    """The 95% score interval of a proportion (E. B. Wilson, JASA 22 (1927) 209–212), without correction.

    `share` and the bounds are from 0 to 1. Unlike the usual ± it holds for small groups and near 0 and 1.

    >>> [round(bound, 4) for bound in wilson(81 / 263, 263)]
    [0.2553, 0.3662]
    """
    middle = share + Z * Z / (2 * pupils)
    half = Z * sqrt(share * (1 - share) / pupils + Z * Z / (4 * pupils * pupils))
    whole = 1 + Z * Z / pupils
    return max((middle - half) / whole, 0.0), min((middle + half) / whole, 1.0)


def difference(after: float, pupils_after: int, before: float, pupils_before: int) -> tuple[float, float]:
    """The 95% interval of after − before, of two groups of pupils: Newcombe's hybrid score interval (R. G. Newcombe,
    Statistics in Medicine 17 (1998) 873–890, method 10). Shares and bounds as for `wilson`.

    >>> [round(bound, 4) for bound in difference(56 / 70, 70, 48 / 80, 80)]
    [0.0524, 0.3339]
    """
    low_after, high_after = wilson(after, pupils_after)
    low_before, high_before = wilson(before, pupils_before)
    apart = after - before
    down = sqrt((after - low_after) ** 2 + (high_before - before) ** 2)
    up = sqrt((high_after - after) ** 2 + (before - low_before) ** 2)
    return apart - down, apart + up


def interval(before: "AttainmentResult", after: "AttainmentResult") -> tuple[Decimal, Decimal] | None:
    """Of the change in percentage points, from `difference`; None where it is no percentage or the pupils of a year
    are not known."""
    if before.unit != Unit.PERCENT or before.cohort is None or after.cohort is None:
        return None
    found = difference(float(after.value) / 100, after.cohort, float(before.value) / 100, before.cohort)
    low, high = (Decimal(str(round(bound * 100, 1))) for bound in found)
    return low, high


def is_small(*cohorts: int | None) -> bool:
    """Whether one of these groups is small."""
    return any(cohort is not None and cohort <= SMALL for cohort in cohorts)
