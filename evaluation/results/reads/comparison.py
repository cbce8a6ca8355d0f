"""Before and after a placement at its host school, beside what was not supported (R-11.10, R-11.11)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from astcoord.core.words import say
from evaluation.results import rules
from evaluation.results.lifecycle import MEANINGS, Unit
from evaluation.results.models import AttainmentResult
from evaluation.results.reads.elsewhere import Means
from evaluation.results.reads.figures import NO_FIGURE, What, counting, label_of, order_of, shown
from evaluation.results.wording import CONTRIBUTION, POINTS, change_words, plain, short_words, signed
from placements.placement.models import Placement
from schools.calendar.years import first_year_of, slug_on
from staff.accounts.models import User

TESTS_END = 6
"""The month in which the year's tests and examinations are over: June."""

Figure = AttainmentResult
Pair = tuple[int | None, int | None]
"""The year before and the year after."""


@dataclass(frozen=True)
class Line:
    """One measure before and after, in words; `change` is empty where none is worked out, and `why_not` says why."""

    subject: str
    measure: str
    label: str
    short: str
    unit: Unit
    supported: bool
    before: str
    after: str
    change: str
    why_not: str
    pupils: str
    doubt: str
    others: str
    nation: str
    figures: tuple[Decimal, Decimal] | None = None

    @property
    def change_shown(self) -> str:
        """The change, or why there is none."""
        return self.change or self.why_not


@dataclass(frozen=True)
class Comparison:
    """Before and after a placement at its host school. `contribution` stands beside it wherever it is shown."""

    school: str
    subject: str
    before: int | None
    after: int | None
    lines: list[Line] = field(default_factory=list)
    missing: str = ""
    contribution: str = CONTRIBUTION

    @property
    def supported(self) -> list[Line]:
        return [line for line in self.lines if line.supported]

    @property
    def beside(self) -> list[Line]:
        """What was not supported."""
        return [line for line in self.lines if not line.supported]

    @property
    def drawings(self) -> list[tuple[str, list[tuple[str, Decimal, Decimal]], str]]:
        """Title, rows and unit: one drawing for each unit that has changes."""
        found = []
        for unit, words, sign in _DRAWN:
            rows = [(line.short, *line.figures) for line in self.lines if line.unit == unit and line.figures]
            if rows:
                found.append((f"{words}, {self.before} and {self.after}", rows, sign))
        return found


_DRAWN = (
    (Unit.PERCENT, "Percentages of pupils", "%"),
    (Unit.SCORE, "Points", ""),
)
"""Progress stands in the table alone: below nought, a dot on a line says little."""


def comparison_of(placement: Placement, reader: User, today: date) -> Comparison:
    """What this reader may read of the host school's figures before and after; three queries (R-11.10).

    Before is the last year with figures whose tests (May and June) lie before the first day; after is the first later
    one of or after the school year of the last day. Whether this person may read it at all is
    `permissions.reads_results`.
    """
    rows = list(
        AttainmentResult.objects.visible_to(reader).filter(school=placement.host_id).with_standing().order_by("pk")
    )
    begins = placement.starts_on or today
    ends = placement.over_on or begins
    last = begins.year if begins.month > TESTS_END else begins.year - 1
    first = max(first_year_of(slug_on(ends)) + 1, last + 1)
    before, after = _years(rows, placement.subject, last, first)
    found: dict[What, dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.year in (before, after):
            found[row.subject, row.measure][row.year].append(row)
    means = Means(found, before, after, placement.host_id)
    lines = [
        _line(what, years, (before, after), placement.subject, means)
        for what, years in sorted(found.items(), key=lambda item: order_of(item[0], placement.subject))
    ]
    return Comparison(
        placement.host.name,
        str(placement.get_subject_display()),
        before,
        after,
        lines,
        _missing(lines, placement, before, after),
    )


def _years(rows: list[Figure], subject: str, last: int, first: int) -> Pair:
    """The pair of years: by the figures of the supported subject, else by whatever there is."""
    theirs = {row.year for row in rows if row.subject == subject}
    every = {row.year for row in rows}
    before = max((y for y in theirs if y <= last), default=None) or max((y for y in every if y <= last), default=None)
    after = min((y for y in theirs if y >= first), default=None) or min((y for y in every if y >= first), default=None)
    return before, after


def _missing(lines: list[Line], placement: Placement, before: int | None, after: int | None) -> str:
    """What is not there, in a sentence; empty where the supported subject has a change."""
    subject = placement.get_subject_display()
    if not lines:
        return f"{NO_FIGURE}: no results of this school are entered."
    mine = [line for line in lines if line.supported]
    if not mine:
        return f"{NO_FIGURE} on {subject}: no figure of it is entered."
    if any(line.change for line in mine):
        return ""
    if before is None:
        return say("No figure from before the placement is entered, so there is nothing to compare with.")
    if after is None:
        return say("No figure from after the placement is entered yet.")
    return f"The figures of {subject} in {before} and {after} are not of one measure, so no change is worked out."


def _line(what: What, years: dict[int, list[Figure]], pair: Pair, subject: str, means: Means) -> Line:
    """One measure of the two years, of which either may be none."""
    code, measure = what
    rows = [years.get(year, []) if year else [] for year in pair]
    first, second = (counting(each) for each in rows)
    same = pair[0] is not None and pair[1] is not None and rules.comparable(measure, pair[0], pair[1])
    figures = (plain(first.value), plain(second.value)) if first and second and same else None
    unit = MEANINGS[measure].unit
    return Line(
        subject=code,
        measure=measure,
        label=label_of(what),
        short=short_words(code, measure),
        unit=unit,
        supported=code == subject,
        before=shown(rows[0], first),
        after=shown(rows[1], second),
        change=change_words(figures[1] - figures[0], unit) if figures else "",
        why_not="" if figures else _why_not(pair, changed=bool(first and second)),
        pupils=_pupils(first, second),
        doubt=_doubt(first, second) if first and second and figures else "",
        others=means.others(what) if figures else "",
        nation=means.nation(what) if figures else "",
        figures=figures,
    )


def _why_not(pair: Pair, *, changed: bool) -> str:
    if changed:
        return f"The measure changed between {pair[0]} and {pair[1]}, so no change is worked out"
    return "Not worked out: one of the years has no figure that counts"


def _pupils(first: Figure | None, second: Figure | None) -> str:
    """Of how many pupils the figures are, as far as there are any."""
    said = [(words, row.cohort) for words, row in (("before", first), ("after", second)) if row is not None]
    if not any(cohort for _, cohort in said):
        return "Not entered"
    if len(said) == 2 and all(cohort for _, cohort in said):
        return f"{said[0][1]} and {said[1][1]}"
    return ", ".join(f"{cohort or 'not entered'} {words}" for words, cohort in said)


def _doubt(first: Figure, second: Figure) -> str:
    """The range of changes that groups of these sizes allow for; and that a group is small."""
    small = rules.is_small(first.cohort, second.cohort)
    warning = f"Small group: {rules.SMALL} pupils or fewer, so read the change with care. " if small else ""
    bounds = rules.interval(first, second)
    if bounds is None:
        return warning.strip()
    return f"{warning}95% interval: {signed(bounds[0])} to {signed(bounds[1])} {POINTS[first.unit]}."
