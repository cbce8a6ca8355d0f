"""The office's week: cases with a day, overdue, today and this week, and what happens from Monday to Friday (R-20.2).

A room says which of its rows wait for the office (`register`), each kind with the list that stands behind its number;
all kinds are read in two queries. What happens on a day, such as visits, it says by `register_days`, read in another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, IntegerField, QuerySet, Value, Window
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.urls import reverse

from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.models.retention import RetentionFailure
from astcoord.core.records import open_mismatches
from astcoord.core.roles import Role

if TYPE_CHECKING:
    from staff.accounts.models import User

OVERDUE, TODAY, WEEK = "overdue", "today", "week"
WHEN = [(OVERDUE, "Overdue"), (TODAY, "Today"), (WEEK, "Later this week")]
"""Also the choices of a list's filter `due`."""
SHOWN = 15
"""Cases that stand under one heading; the numbers lead to all."""
A_DAY = 6
"""Visits, or others of one kind, that stand on one day of the strip; beyond, a number leads to all."""


Later = Callable[[date], date]
"""From the day of a column to the day on which its row is due: the same or later, and never earlier for a later day."""


def on_the_day(day: date) -> date:
    """What is due on the day itself."""
    return day


def latest(last: date, later: Later) -> date:
    """The last day of a column whose row is due by `last`."""
    day = last
    while later(day) > last:
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True)
class Kind:
    """One kind of case. `rows` are the user's that are open; they are due on the day of their column `due`, or `later`.

    `one` and `many` are its words; `page` shows one row by `key`, and `listed` with `query` is the list behind.
    """

    one: str
    many: str
    action: str
    rows: Callable[["User"], QuerySet[Any]]
    due: str
    page: str
    listed: str
    query: tuple[tuple[str, str], ...] = ()
    later: Later = on_the_day
    key: str = "pk"
    school: str = ""
    ast: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Case:
    """One row of the first page."""

    kind: Kind
    due: date
    url: str
    school: str
    ast: str
    owner: str


@dataclass
class Heading:
    """Overdue, today or later this week: how many of each kind, and the first cases of all."""

    code: str
    title: str
    counts: dict[Kind, int] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def numbers(self) -> Iterator[tuple[int, str, str]]:
        """How many of each kind, in words, and where all of them are."""
        for kind, count in self.counts.items():
            query = urlencode([*kind.query, ("due", self.code)])
            yield count, kind.one if count == 1 else kind.many, f"{reverse(kind.listed)}?{query}"


@dataclass(frozen=True)
class Daily:
    """What happens on days of the week: the user's `rows` between two days, on the day of their column `on`, and where
    `until` is named on each day until then.

    `words` say one, with {ast} and {school} of these columns; `many` and `what` lead to all in the week of visits.
    `page` shows one by `key`; with an empty key it is one page for all.
    """

    words: str
    many: str
    what: str
    rows: Callable[["User", date, date], QuerySet[Any]]
    page: str
    ast: str = ""
    school: str = ""
    on: str = "on"
    until: str = ""
    key: str = "pk"


@dataclass(frozen=True)
class Happening:
    """What stands on a day of the strip: a visit, a meeting, somebody away; or how many there are, and where."""

    on: date
    words: str
    url: str


_kinds: list[Kind] = []
_daily: list[Daily] = []


def register(kind: Kind) -> None:
    """Called by a room's `home.register`."""
    if kind not in _kinds:
        _kinds.append(kind)


def register_days(daily: Daily) -> None:
    """Called by a room's `home.register`."""
    if daily not in _daily:
        _daily.append(daily)


def span(when: str, today: date) -> tuple[date, date]:
    """The first and last day of overdue, today, or later this week until Sunday."""
    sunday = today + timedelta(days=6 - today.weekday())
    spans = {OVERDUE: (date.min, today - timedelta(days=1)), TODAY: (today, today)}
    return spans.get(when, (today + timedelta(days=1), sunday))


def due_within(rows: Any, column: str, when: str, today: date, later: Later = on_the_day) -> Any:
    """The rows of a list that stand under one heading of the first page; an empty column is never due."""
    first, last = span(when, today)
    found = rows.filter(**{f"{column}__lte": latest(last, later)})
    return found if first == date.min else found.filter(**{f"{column}__gt": latest(first - timedelta(days=1), later)})


def headings(user: "User", today: date) -> list[Heading]:
    """Everything of this user that is due until Sunday, under its headings; those without a case are left out.

    Two queries however many wait: how many of each kind are due on which day, and the cases of the first days.
    """
    found = {code: Heading(code, title) for code, title in WHEN}
    wanted: dict[int, list[date]] = defaultdict(list)
    for due, number, day, many in _by_day(user, today):
        heading = next(each for each in found.values() if due <= span(each.code, today)[1])
        if heading.total < SHOWN:
            wanted[number].append(day)
        kind = _kinds[number]
        heading.counts[kind] = heading.counts.get(kind, 0) + many
    for case in _cases(user, wanted):
        heading = next(each for each in found.values() if case.due <= span(each.code, today)[1])
        if len(heading.cases) < SHOWN:
            heading.cases.append(case)
    return [heading for heading in found.values() if heading.cases]


def _by_day(user: "User", today: date) -> list[tuple[date, int, date, int]]:
    """When it is due, the kind's number, the day of its column, how many: by day, and the kinds in their order."""
    last = max(span(WEEK, today)[1], today)
    parts = []
    for number, kind in enumerate(_kinds):
        rows = kind.rows(user).filter(**{f"{kind.due}__lte": latest(last, kind.later)}).order_by()
        parts.append(rows.values(kind.due).annotate(many=Count("pk")).values_list(_number(number), kind.due, "many"))
    return sorted((_kinds[number].later(day), number, day, many) for number, day, many in _together(parts))


def _cases(user: "User", wanted: dict[int, list[date]]) -> Iterator[Case]:
    """Those of the days that are wanted of each kind, in the same order."""
    parts = []
    for number, days in wanted.items():
        kind = _kinds[number]
        rows = kind.rows(user).filter(**{f"{kind.due}__in": days}).order_by()
        shown = (F(kind.key), F(kind.due), _words(kind.school), _words(kind.ast), _words(kind.owner))
        parts.append(rows.values_list(_number(number), *shown))
    found = [(_kinds[number].later(day), number, key, *named) for number, key, day, *named in _together(parts)]
    for due, number, key, *named in sorted(found):
        yield Case(_kinds[number], due, reverse(_kinds[number].page, args=[key]), *named)


def _first(rows: QuerySet[Any], within: str, order: list[Any], most: int) -> QuerySet[Any]:
    """The first rows that are alike in a column; what they show is joined only to these."""
    nth_of_alike = Window(RowNumber(), partition_by=[F(within)], order_by=order)  # no row has a field of that name
    return rows.filter(pk__in=rows.alias(nth_of_alike=nth_of_alike).filter(nth_of_alike__lte=most).values("pk"))


def _number(number: int) -> Any:
    return Value(number, output_field=IntegerField())


def _words(path: str) -> Any:
    named = Cast(F(path), CharField()) if path else Value("", output_field=CharField())
    return Coalesce(named, Value(""), output_field=CharField())


def _together(parts: list[QuerySet[Any]]) -> Iterable[Any]:
    return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0] if parts else ()


def days(user: "User", today: date) -> list[tuple[date, list[Happening]]]:
    """Monday to Friday of this week, from Saturday on of the next, each with what happens, in the kinds' order.

    Of each kind the first of a day, and where there are more how many there are, in one query.
    """
    monday = today - timedelta(days=today.weekday())
    monday += timedelta(days=7) if today.weekday() > 4 else timedelta(0)
    week = [monday + timedelta(days=n) for n in range(5)]
    counts: dict[tuple[int, date], int] = defaultdict(int)
    first: dict[tuple[int, date], list[Happening]] = defaultdict(list)
    parts = [part for number, daily in enumerate(_daily) for part in _daily_parts(number, daily, user, week)]
    for number, on, until, key, ast, school, many in sorted(_together(parts), key=lambda row: (row[0], row[1], row[3])):
        daily = _daily[number]
        for day in week if daily.until else [on]:
            if not on <= day <= (until or day):
                continue
            counts[number, day] += many
            if key and len(first[number, day]) < A_DAY:
                words = daily.words.format(ast=ast, school=school)
                url = reverse(daily.page, args=[key] if daily.key else [])
                first[number, day].append(Happening(day, words, url))
    return [
        (day, [each for n, daily in enumerate(_daily) for each in _on_day(daily, day, first[n, day], counts[n, day])])
        for day in week
    ]


def _daily_parts(number: int, daily: Daily, user: "User", week: list[date]) -> list[QuerySet[Any]]:
    """What is on one day: the first of each day, and a count of each. What lasts: all of it, each counted."""
    rows = daily.rows(user, week[0], week[-1]).order_by()
    shown = (_number(number), F(daily.on), F(daily.until or daily.on), F(daily.key or "pk"))
    named = (_words(daily.ast), _words(daily.school))
    if daily.until:
        return [rows.values_list(*shown, *named, _number(1))]
    first = _first(rows, daily.on, [F("pk").asc()], A_DAY)
    counted = rows.values(daily.on).annotate(many=Count("pk"))
    nobody = (_number(0), _words(""), _words(""))
    return [
        first.values_list(*shown, *named, _number(0)),
        counted.values_list(_number(number), F(daily.on), F(daily.on), *nobody, F("many")),
    ]


def _on_day(daily: Daily, day: date, first: list[Happening], count: int) -> list[Happening]:
    if count <= len(first):
        return first
    query = urlencode({"day": day.isoformat(), "what": daily.what})
    return [*first, Happening(day, f"All {count} {daily.many}", f"{reverse('placements:week')}?{query}")]


def alarms(user: "User") -> list[tuple[str, int, str]]:
    """What comes before all else, as (words, number, page): only what there is, in one query."""
    kinds: list[tuple[str, str, QuerySet[Any]]] = [
        ("E-mails that could not be sent", "staff:failed_mail", Message.objects.filter(status=MessageStatus.FAILED))
    ]
    if user.has_role(Role.COORDINATOR):
        kinds.append(("Records that are not as they were stored", "staff:mismatches", open_mismatches()))
        kinds.append(
            ("Kinds of record over their time and not removed", "staff:retention", RetentionFailure.objects.all())
        )
    counted = [
        rows.order_by()
        .annotate(alarm=Value(number))
        .values("alarm")
        .annotate(many=Count("pk"))
        .values_list("alarm", "many")
        for number, (_, _, rows) in enumerate(kinds)
    ]
    found = sorted(_together(counted))
    return [(kinds[number][0], many, reverse(kinds[number][1])) for number, many in found if many]
