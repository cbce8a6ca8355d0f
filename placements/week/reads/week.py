"""A week, day by day: visits with the way there, meetings, and who is away (R-20.5).

Who has a line is asked of the whole week at once; what the lines say, only of those that are shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from placements.week.reads.chosen import Chosen
from placements.week.reads.sources import Line, Source, sources
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.figures.reads.sheets import Sheet, Table

WEEK = timedelta(days=7)
FRIDAY = 4
FITS = 35
"""Lines that one page holds: a week of more is shown a day at a time, and a day of more in pages."""
HEADER = ("Day", say_later("AST"), "What", "School or place", "Address", "Telephone", "How long", "State")


@dataclass(frozen=True, order=True)
class Key:
    """A line that is not read yet: its day, the AST's name, its kind's place among the kinds, and its row."""

    on: date
    ast: str
    kind: int
    pk: int


@dataclass(frozen=True)
class DayOfWeek:
    """`closed`: schools do not teach that day."""

    on: date
    closed: bool
    keys: list[Key]

    @property
    def count(self) -> int:
        return len(self.keys)


@dataclass(frozen=True)
class Week:
    """Monday to Sunday; a day of the weekend only where something lies on it."""

    columns: ClassVar = (say_later("AST"), "What", "Where", "Telephone", "State")
    user: User
    monday: date
    days: list[DayOfWeek]
    kinds: list[Source]
    today: date

    @property
    def title(self) -> str:
        return f"The week of {date_words(self.monday)}"

    @property
    def keys(self) -> list[Key]:
        return [key for day in self.days for key in day.keys]

    @property
    def is_full(self) -> bool:
        """More than a page holds."""
        return len(self.keys) > FITS

    def day(self, asked: date) -> DayOfWeek:
        """The day that is asked for, or else today, or else the first with a line."""
        by_day = {day.on: day for day in self.days}
        busy = next((day for day in self.days if day.keys), self.days[0])
        return by_day.get(asked) or by_day.get(self.today) or busy

    def lines(self, keys: Sequence[Key]) -> list[Line]:
        """What the lines say: a query for each kind among them."""
        wanted: dict[int, set[int]] = defaultdict(set)
        for key in keys:
            wanted[key.kind].add(key.pk)
        rows = {number: self._rows(number, wanted[number]) for number in sorted(wanted)}
        return [self.kinds[key.kind].line(self.user, rows[key.kind][key.pk], key.on, self.today) for key in keys]

    def _rows(self, number: int, pks: set[int]) -> dict[int, Any]:
        kind = self.kinds[number]
        found = kind.rows(self.user, self.monday, self.monday + WEEK - timedelta(days=1), Chosen())
        return {row.pk: row for row in kind.whole(found.filter(pk__in=pks))}

    def sheet(self, said: tuple[tuple[str, str], ...], only: DayOfWeek | None = None) -> Sheet:
        """The same for file and paper, every line of it; `said` is what it is narrowed to, `only` the day."""
        rows = tuple(line.cells for line in self.lines(only.keys if only else self.keys))
        table = Table("csv", "Visits, meetings and times away", HEADER, rows, words=len(HEADER))
        return Sheet(
            name=f"day-{only.on}" if only else f"week-{self.monday}",
            title=f"{only.on:%A} {date_words(only.on)}" if only else self.title,
            tables=(table,) if rows else (),
            chosen=said,
            empty="Nothing is planned on this day." if only else "Nothing is planned in this week.",
        )


def week(user: User, monday: date, chosen: Chosen, today: date) -> Week:
    """What this reader may see of it; two queries."""
    last = monday + WEEK - timedelta(days=1)
    kinds = sources()
    by_day: dict[date, list[Key]] = defaultdict(list)
    for key in _keys(user, monday, last, chosen, kinds):
        by_day[key.on].append(key)
    school = calendar.between(monday, last)
    days = [
        DayOfWeek(on, not school.school_day(on), sorted(by_day[on]))
        for on in calendar.days(monday, last)
        if by_day[on] or on.weekday() <= FRIDAY
    ]
    return Week(user, monday, days, kinds, today)


def _keys(user: User, first: date, last: date, chosen: Chosen, kinds: list[Source]) -> Iterable[Key]:
    """One query for all kinds, or for the one that is chosen."""
    asked = [
        _rows_of(number, kind, kind.rows(user, first, last, chosen))
        for number, kind in enumerate(kinds)
        if chosen.what in ("", kind.code)
    ]
    for number, pk, on, until, ast in asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0]:
        if not kinds[number].until:
            yield Key(on, ast, number, pk)
            continue
        for day in working_days(max(first, on), min(last, until or last)):
            yield Key(day, ast, number, pk)


def _rows_of(number: int, kind: Source, rows: Any) -> Any:
    name: Any = Cast(F(kind.ast), CharField()) if kind.ast else Value("", output_field=CharField())
    return rows.order_by().values_list(
        Value(number, output_field=IntegerField()), F("pk"), F(kind.on), F(kind.until or kind.on), name
    )


def working_days(first: date, last: date) -> Iterable[date]:
    """Monday to Friday, both ends included."""
    return (on for on in calendar.days(first, last) if on.weekday() <= FRIDAY)
