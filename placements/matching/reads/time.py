"""ASTs' time as matching sees it: weekdays set aside, days with a date, days promised; a query each, for any number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from astcoord.core.plain_rows import Joined, Spelt, iso, plain
from placements.allocation.problem import Horizon, Slot, UndatedDays, quarters
from placements.days import ledger
from placements.days.models import OutreachDay
from placements.matching.models import Match
from placements.matching.reads import promises
from schools.calendar.models import AcademicYear
from schools.calendar.reads import monday
from staff.posts.models import OutreachPattern, PostAbsence

Promised = dict[int, list[promises.Promise]]
Dated = tuple[tuple[date, int], ...]
Range = tuple[date, date]


def slots_text(post: str) -> Subquery:
    """For a query: the weekdays set aside for outreach (R-4.10) of the post in that column; `slots` reads them."""
    mine = OutreachPattern.objects.filter(post=OuterRef(post)).order_by().values("post")
    one = Spelt("weekday", "share", "starts_on", Coalesce(iso("ends_on"), Value("")))
    return Subquery(mine.annotate(all=Joined(one)).values("all"))


@lru_cache(maxsize=4096)
def slots(stored: str | None, first: str | None, last: str | None) -> tuple[Slot, ...]:
    """The slots of one AST as far as the post lasts, from `first` to `last` (ISO dates)."""
    found = []
    for text in stored.split(",") if stored else ():
        weekday, share, starts, ends = text.split("/")
        begin, end = max(starts, first or starts), min((d for d in (ends, last) if d), default="")
        found.append(Slot(int(weekday), as_quarters(share), as_day(begin), as_day(end) if end else None))
    return tuple(sorted(found, key=lambda s: (s.weekday, s.first)))


def away_text(post: str) -> Subquery:
    """For a query: the times away from the post in that column (R-17.7); `but` reads them."""
    mine = PostAbsence.objects.filter(post=OuterRef(post)).order_by().values("post")
    one = Spelt("starts_on", Coalesce(iso("ends_on"), Value("")))
    return Subquery(mine.annotate(all=Joined(one)).values("all"))


def but(found: tuple[Slot, ...], away: str | None) -> tuple[Slot, ...]:
    """The slots without what falls into a time away; the same ones where there is none."""
    for text in away.split(",") if away else ():
        first, last = (as_day(part) if part else None for part in text.split("/"))
        if first is not None:
            found = tuple(part for slot in found for part in _around(slot, first, last))
    return found


def _around(slot: Slot, first: date, last: date | None) -> Iterator[Slot]:
    """What is left of a slot before the first day away and after the last."""
    eve = first - timedelta(days=1)
    if slot.first <= eve:
        yield replace(slot, last=min(slot.last or eve, eve))
    if last is not None:
        back = max(slot.first, last + timedelta(days=1))
        if slot.last is None or back <= slot.last:
            yield replace(slot, first=back)


def promised_of(posts: QuerySet[Any]) -> Promised:
    """Matches and placements with days that are under no contract or have no date yet, by post (R-4.11)."""
    grouped: Promised = defaultdict(list)
    for promise in promises.open_among(Match.objects.filter(post__in=posts)):
        grouped[promise.post].append(promise)
    return grouped


@dataclass(frozen=True)
class Known:
    """What is known of many ASTs' time in one school year: promises, budget and time taken in quarters, dates."""

    promised: Promised
    sums: dict[int, tuple[int, int]]
    dated: dict[int, Dated]


def known_parts(posts: QuerySet[Any], year: AcademicYear | None, horizon: Horizon) -> Iterator[QuerySet[Any]]:
    """For one query with other things: rows of what it is, a post and a text, for `known_from`."""
    yield promises.spelt("promised", Match.objects.filter(post__in=posts))
    if year is not None:
        text = Spelt(*(Coalesce(Cast(name, TextField()), Value("0")) for name in ("budget", "taken")))
        yield ledger.sums_of(posts, year).values_list(Value("sums"), "post_id", text)
    if horizon.weeks:
        yield _dates(posts, horizon, None, Value("dated"))


def known_from(told: Mapping[str, Iterable[tuple[int, str]]]) -> Known:
    """What came of `known_parts`."""
    promised: Promised = defaultdict(list)
    for post, text in told["promised"]:
        if text:
            promised[post].append(promises.read_from(post, text))
    sums = {post: tuple(map(as_quarters, text.split("/"))) for post, text in told["sums"]}
    return Known(promised, cast(dict[int, tuple[int, int]], sums), dict(_read_dates(told["dated"])))


def undated_of(mine: Sequence[promises.Promise]) -> tuple[UndatedDays, ...]:
    """The promises of one AST that have days without a date."""
    return tuple([UndatedDays(p.first, p.last, p.undated) for p in mine if p.undated]) if mine else ()


def touched(promised: Promised, first: date, last: date) -> tuple[date, date]:
    """The whole weeks that one need can touch: its own, and those of promises that may still move (`Diary.free`)."""
    moving = [p for mine in promised.values() for p in mine if p.undated]
    first, last = min([first, *(p.first for p in moving)]), max([last, *(p.last for p in moving)])
    return monday(first), monday(last) + timedelta(days=6)


def dated_of(posts: QuerySet[Any], horizon: Horizon, within: tuple[date, date] | None = None) -> dict[int, Dated]:
    """Days of all placements that already have a date, in the weeks of the horizon, or those `within` (R-4.3)."""
    return dict(_read_dates(plain(_dates(posts, horizon, within)))) if horizon.weeks else {}


def _dates(posts: QuerySet[Any], horizon: Horizon, within: Range | None, *lead: Value) -> QuerySet[Any]:
    days = OutreachDay.objects.counting().filter(placement__post__in=posts, on__gte=horizon.weeks[0].monday)
    if within is not None:
        days = days.filter(on__range=within)
    return days.order_by().values_list(*lead, "placement__post_id").annotate(all=Joined(Spelt("on", "days")))


def _read_dates(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Dated]]:
    for post, stored in rows:
        yield post, tuple(map(_dated, sorted(stored.split(","))))


@lru_cache(maxsize=4096)
def _dated(text: str) -> tuple[date, int]:
    """A year has few days and many rows: each is read once."""
    day, used = text.split("/")
    return as_day(day), as_quarters(used)


@lru_cache(maxsize=64)
def as_quarters(text: str) -> int:
    """Days as a database writes them, `1` or `0.50`, in quarters of a day."""
    return quarters(Decimal(text))


@lru_cache(maxsize=4096)
def as_day(text: str) -> date:
    """An ISO date."""
    return date.fromisoformat(text)
