"""What the same measures did elsewhere: the mean change of other schools, and the country's (R-11.10)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from astcoord.core.wording import counted
from evaluation.results import rules
from evaluation.results.lifecycle import Area
from evaluation.results.models import AttainmentResult
from evaluation.results.reads.figures import NO_FIGURE, What
from evaluation.results.wording import signed

FEWEST_SCHOOLS = 3
"""Other schools of which a mean is shown: of fewer it would tell of one of them."""


class Means:
    """What the same measures did elsewhere: the mean of other schools with both years, and the country."""

    def __init__(self, wanted: Iterable[What], before: int | None, after: int | None, host: int) -> None:
        self.before, self.after = before, after
        self.changes: dict[What, list[Decimal]] = {}
        self.national: dict[What, Decimal] = {}
        if before is None or after is None:
            return
        measures = {measure for _, measure in wanted if rules.comparable(measure, before, after)}
        for (area, what), years in _by_place(measures, before, after, host):
            if len(years) == 2 and area == Area.SCHOOL:
                self.changes.setdefault(what, []).append(years[after] - years[before])
            elif len(years) == 2 and area == Area.NATIONAL:
                self.national[what] = years[after] - years[before]

    def others(self, what: What) -> str:
        """The mean change of the other schools, and of how many; of fewer than three nothing is told."""
        found = self.changes.get(what, [])
        if not found:
            return NO_FIGURE
        if len(found) < FEWEST_SCHOOLS:
            return f"Not shown: fewer than {FEWEST_SCHOOLS} other schools"
        mean = (sum(found, Decimal(0)) / len(found)).quantize(Decimal("0.1"))
        return f"{signed(mean)} ({counted(len(found), 'other school')})"

    def nation(self, what: What) -> str:
        return signed(self.national[what]) if what in self.national else NO_FIGURE


Place = tuple[tuple[str, What], dict[int, Decimal]]
"""Whose figures and what they are of, with the figure that counts for each year."""


def _by_place(measures: set[str], before: int, after: int, host: int) -> Iterator[Place]:
    """The figures of every other school, and those to compare with, for the two years. One query.

    Which of several counts is judged here as `ResultQuerySet.counting` has it, because there are thousands of rows.
    """
    rows = AttainmentResult.objects.filter(measure__in=measures, year__in=(before, after)).exclude(school=host)
    columns = rows.order_by().values_list("area", "school", "subject", "measure", "year", "value", "chosen_at")
    found: dict[tuple[str, int | None, What], dict[int, dict[Decimal, bool]]] = defaultdict(dict)
    for area, school, subject, measure, year, value, chosen_at in columns:
        figures = found[area, school, (subject, measure)].setdefault(year, {})
        figures[value] = figures.get(value, False) or chosen_at is not None
    for (area, _, what), years in found.items():
        counting = {year: _counting(figures) for year, figures in years.items()}
        yield (area, what), {year: value for year, value in counting.items() if value is not None}


def _counting(figures: dict[Decimal, bool]) -> Decimal | None:
    """The only figure, or the one that was chosen."""
    if len(figures) == 1:
        return next(iter(figures))
    return next((value for value, chosen in figures.items() if chosen), None)
