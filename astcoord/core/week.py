"""The office's week: cases with a day, overdue, today and this week, and what happens from Monday to Friday (R-20.2).

A room says which of its rows wait for the office (`register`), each kind with the list that stands behind its number;
all kinds are read in one query. What happens on a day, such as visits, it says by `register_days`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
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
    """Overdue, today or later this week: the numbers with the lists behind them, and the first cases."""

    code: str
    title: str
    cases: list[Case] = field(default_factory=list)

    @property
    def numbers(self) -> Iterator[tuple[int, str, str]]:
        """How many of each kind, in words, and where all of them are."""
        for kind in dict.fromkeys(case.kind for case in self.cases):
            count = sum(case.kind is kind for case in self.cases)
            query = urlencode([*kind.query, ("due", self.code)])
            yield count, kind.one if count == 1 else kind.many, f"{reverse(kind.listed)}?{query}"

    @property
    def shown(self) -> list[Case]:
        return self.cases[:SHOWN]


@dataclass(frozen=True)
class Happening:
    """What happens on a day of the week: a visit, a meeting, somebody away. `more` days of one row are one each."""

    on: date
    words: str
    url: str


Happenings = Callable[["User", date, date], Iterable[Happening]]
_kinds: list[Kind] = []
_days: list[Happenings] = []


def register(kind: Kind) -> None:
    """Called by a room's `home.register`."""
    if kind not in _kinds:
        _kinds.append(kind)


def register_days(source: Happenings) -> None:
    """Called by a room's `home.register`: a function of (user, Monday, Friday), in one query."""
    if source not in _days:
        _days.append(source)


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
    """Everything of this user that is due until Sunday, under its headings; those without a case are left out."""
    found = [Heading(code, title) for code, title in WHEN]
    for case in _cases(user, today):
        heading = next(each for each in found if case.due <= span(each.code, today)[1])
        heading.cases.append(case)
    return [heading for heading in found if heading.cases]


def _cases(user: "User", today: date) -> list[Case]:
    """By day, and the kinds in their order. One query."""
    _, last = span(WEEK, today)
    last = max(last, today)
    one, *more = (_row(number, kind, user, last) for number, kind in enumerate(_kinds))
    rows = one.union(*more, all=True) if more else one
    found = [(_kinds[number].later(due), number, key, *named) for number, key, due, *named in rows]
    return [
        Case(_kinds[number], due, reverse(_kinds[number].page, args=[key]), *named)
        for due, number, key, *named in sorted(found)
    ]


def _row(number: int, kind: Kind, user: "User", last: date) -> QuerySet[Any]:
    def words(path: str) -> Any:
        named = Cast(F(path), CharField()) if path else Value("", output_field=CharField())
        return Coalesce(named, Value(""), output_field=CharField())

    rows = kind.rows(user).filter(**{f"{kind.due}__lte": latest(last, kind.later)}).order_by()
    return rows.values_list(
        Value(number, output_field=IntegerField()),
        F(kind.key),
        F(kind.due),
        words(kind.school),
        words(kind.ast),
        words(kind.owner),
    )


def days(user: "User", today: date) -> list[tuple[date, list[Happening]]]:
    """Monday to Friday of this week, from Saturday on of the next, each with what happens, in the sources' order."""
    monday = today - timedelta(days=today.weekday())
    monday += timedelta(days=7) if today.weekday() > 4 else timedelta(0)
    friday = monday + timedelta(days=4)
    found = [each for source in _days for each in source(user, monday, friday)]
    week = [monday + timedelta(days=n) for n in range(5)]
    return [(day, [each for each in found if each.on == day]) for day in week]


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
    found = counted[0].union(*counted[1:], all=True) if counted[1:] else counted[0]
    return [(kinds[number][0], many, reverse(kinds[number][1])) for number, many in sorted(found) if many]
