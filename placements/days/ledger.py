"""The time ledger: every entry is written here, and every balance is read here (design, section 7).

Writers lock the AST's post first: of two people after the last free day, one waits and then sees it gone.

How many days an AST has left has one answer, `Balance.remaining`: the year's budget without what is under contract,
what is promised under no contract yet, other work, and inreach that counts. Pages, papers, matching and contracts ask
here. What lasts over the summer belongs to each year by the weeks taught in it, and by its dates where it has them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from astcoord.core import policy
from astcoord.core.plain_rows import plain
from astcoord.core.problems import Problem, refuse
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.days.lifecycle import DAY_COUNTS
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.rules import time
from placements.days.rules.balance import Balance, at_least, over_budget
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from schools.calendar.reads import SchoolCalendar, YearShares
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.rules import Spell

Kind = LedgerEntry.Kind
ZERO = Decimal(0)

TAKEN = (Kind.CONTRACT, Kind.ACTIVITY, Kind.INREACH)
"""Kinds of entry that leave the year's days fewer."""

PromisedIn = Callable[[Iterable[int], AcademicYear, int | None], Mapping[tuple[int, str], int]]
promised_in: list[PromisedIn] = []
"""Whoever knows of days promised under no contract yet: of some posts (ids) in a year, apart from one match, quarters
of a day by post and use. Matching lies above this room and fills it in when the software starts."""


def lock(post: Post) -> Post:
    """Hold the row that owns the budget for the rest of the transaction."""
    return Post.objects.select_for_update(of=("self",)).get(pk=post.pk)


def balance(post: Post, year: AcademicYear, *, apart_from: int | None = None) -> Balance:
    """One AST's year (R-4.11), in two queries; without the promise of the match `apart_from` (its id)."""
    return balances([post.pk], year, apart_from=apart_from).get(post.pk, Balance())


def balances(
    post_ids: Iterable[int], year: AcademicYear | None, *, apart_from: int | None = None
) -> dict[int, Balance]:
    """Many ASTs' year, in two queries. ASTs without an entry or a promise are missing from the result."""
    if year is None:
        return {}
    ids = list(post_ids)
    sums: dict[int, dict[str, Decimal]] = {}
    rows = LedgerEntry.objects.filter(year=year, post_id__in=ids).order_by()
    for post_id, kind, total in rows.values_list("post_id", "kind").annotate(Sum("days")):
        sums.setdefault(post_id, {})[kind] = total
    promised: dict[int, int] = {}
    for (pk, _), here in promised_uses(ids, year, apart_from=apart_from).items():
        promised[pk] = promised.get(pk, 0) + here
    return {pk: _balance(sums.get(pk, {}), promised.get(pk, 0)) for pk in {**sums, **promised}}


def promised_uses(
    post_ids: Iterable[int], year: AcademicYear, *, apart_from: int | None = None
) -> dict[tuple[int, str], int]:
    """Quarters of a year that are promised under no contract yet, by post and use of the year ("" the first)."""
    return {key: here for answer in promised_in for key, here in answer(post_ids, year, apart_from).items()}


def _balance(by: dict[str, Decimal], promised: int) -> Balance:
    return Balance(
        budget=by.get(Kind.BUDGET, ZERO),
        contracted=by.get(Kind.CONTRACT, ZERO),
        promised=in_days(promised),
        other=by.get(Kind.ACTIVITY, ZERO),
        inreach=by.get(Kind.INREACH, ZERO),
        to_come=by.get(Kind.PLAN, ZERO) - by.get(Kind.DELIVERY, ZERO),
        delivered=by.get(Kind.DELIVERY, ZERO),
    )


def quarters_of(posts: QuerySet[Any], year: AcademicYear | None) -> dict[int, tuple[int, int]]:
    """Budget and time taken of many ASTs' year in quarters of a day, in one query and without long lists.

    Matching adds what is promised: it has read the promises already, for their dates.
    """
    if year is None:
        return {}
    rows = plain(sums_of(posts, year).values_list("post_id", "budget", "taken"))
    return {post: (quarters(budget or 0), quarters(taken or 0)) for post, budget, taken in rows}


def sums_of(posts: QuerySet[Any], year: AcademicYear) -> QuerySet[Any, Any]:
    """By post the `budget` of the year and what is `taken` of it, in days; either may be empty."""
    mine = LedgerEntry.objects.filter(year=year, post__in=posts, kind__in=(Kind.BUDGET, *TAKEN)).order_by()
    sums = {"budget": Sum("days", filter=Q(kind=Kind.BUDGET)), "taken": Sum("days", filter=Q(kind__in=TAKEN))}
    return mine.values("post_id").annotate(**sums)


def placement_sums(placement: Placement) -> dict[str, Decimal]:
    """Days of one placement by kind, over all years."""
    return LedgerEntry.objects.filter(placement=placement).sums()


@transaction.atomic
def open_budget(post: Post, year: AcademicYear, *, by: User | None = None) -> LedgerEntry | None:
    """Give an AST the year's days once (R-4.1); a second call changes nothing and returns None."""
    lock(post)
    if LedgerEntry.objects.filter(post=post, year=year, kind=Kind.BUDGET, source="").exists():
        return None
    start = max(post.starts_on or year.starts_on, year.starts_on)
    days = budget_of(year, post.spell)
    if not days:
        return None
    return LedgerEntry.objects.create(post=post, year=year, kind=Kind.BUDGET, days=days, on=start, by=by)


def budget_of(year: AcademicYear, spell: Spell) -> Decimal:
    """The days that a year gives somebody who holds a post for such a spell (R-4.1, R-17.7).

    By the weeks taught in which it is held, each with the full-time equivalent of its last day.
    """
    first = max(spell.first or year.starts_on, year.starts_on)
    last = min(spell.last or year.ends_on, year.ends_on)
    if first > last:
        return ZERO
    school = calendar.between(year.starts_on, year.ends_on)
    return time.yearly_budget(
        days_per_year=policy.in_force(first).ast_days_per_year,
        weeks=weeks_of(spell, school, first, last),
        weeks_in_year=len(school.weeks(year.starts_on, year.ends_on)),
    )


def weeks_of(spell: Spell, school: SchoolCalendar, first: date, last: date) -> list[Decimal]:
    """The full-time equivalent of each week taught from first to last: that of its last day in post."""
    return [spell.fte_on(min(monday + WEEK, last)) for monday in school.weeks(first, last)]


WEEK = timedelta(days=6)
"""From a Monday to its Sunday."""


def write(
    kind: str,
    placement: Placement,
    days: Decimal,
    *,
    on: date,
    by: User | None,
    day: OutreachDay | None = None,
    reason: str = "",
) -> LedgerEntry | None:
    """Add one entry for a placement, in the year in which `on` falls. Nothing is written for 0 days."""
    if not days:
        return None
    year = calendar.year_on(on)
    if year is None:
        raise LookupError(f"no school year holds {on}: load the calendar first")
    return LedgerEntry.objects.create(
        post=placement.post, year=year, kind=kind, days=days, on=on, placement=placement, day=day, by=by, reason=reason
    )


Wanted = Mapping[tuple[int, str], Decimal]
"""Days by (id of the school year, use)."""


def stand(kind: str, post: Post, source: str, wanted: Wanted, *, on: date, by: User | None, reason: str = "") -> None:
    """Have what `source` ("activity 7") takes or gives stand in the ledger with exactly `wanted`.

    What stood there otherwise is reversed by new entries, never rewritten. A second call writes nothing. The caller
    holds the AST's post locked.
    """
    rows = LedgerEntry.objects.filter(post=post, kind=kind, source=source).order_by()
    held = {(year, use): days for year, use, days in rows.values_list("year_id", "category").annotate(Sum("days"))}
    for year, use in {**held, **wanted}:
        days = wanted.get((year, use), ZERO) - held.get((year, use), ZERO)
        if days:
            about = {"post": post, "year_id": year, "kind": kind, "category": use, "source": source}
            LedgerEntry.objects.create(**about, days=days, on=on, by=by, reason=reason[:250])


def set_days_under_contract(placement: Placement, days: Decimal, *, by: User | None, reason: str) -> None:
    """Have the contract stand in the ledger with exactly `days`, in the years in which they lie.

    The caller holds the AST's post locked. A contract whose dates move gives its days back to the year they leave. A
    second call writes nothing.
    """
    if placement.starts_on is None:
        raise ValueError("a contract needs a first day")
    wanted = years_of(placement, days)
    if days and not wanted:
        raise LookupError(f"no school year holds {placement.starts_on}: load the calendar first")
    _stand_contract(placement, wanted, by=by, reason=reason)


def settle(placement: Placement, *, by: User | None) -> None:
    """After a day was planned or moved: each year bears at least its days with a date, as the contract has them.

    Days that go to another year are refused where that year has no room for them (R-4.11). Nothing is written for a
    contract within one year. The caller holds the post locked.
    """
    held, dated = _contracted(placement), _dated(placement)
    if all(dated[year] <= held.get(year, ZERO) for year in dated):
        return
    wanted = at_least(held, dated)
    for year in AcademicYear.objects.filter(pk__in=[pk for pk in wanted if wanted[pk] > held.get(pk, ZERO)]):
        more = wanted[year.pk] - held.get(year.pk, ZERO)
        left = balance(placement.post, year, apart_from=placement.match_id).remaining
        refuse(over_budget(left, more, year=f"in {year}", field="on"))
    _stand_contract(placement, wanted, by=by, reason="days moved to another school year")


def contract_problems(placement: Placement, days: Decimal) -> list[Problem]:
    """Would a contract of `days` overdraw a year of the AST, not counting what this placement has of it (R-4.11)?"""
    wanted = years_of(placement, days) if placement.starts_on else {}
    if not wanted:
        return [
            Problem("The first day lies in no school year of the calendar. Check the dates.", "starts_on", "R-4.11")
        ]
    held = _contracted(placement)
    free = {pk: held.get(pk, ZERO) for pk in wanted}
    return room_problems(placement.post, wanted, mine=free, apart_from=placement.match_id)


def room_problems(
    post: Post, wanted: Mapping[int, Decimal], *, mine: Mapping[int, Decimal] | None = None, apart_from: int | None
) -> list[Problem]:
    """R-4.11: the first year (by id) that has not so many days left; `mine` is what the asker holds of it already."""
    several = len([days for days in wanted.values() if days]) > 1
    for year in AcademicYear.objects.filter(pk__in=wanted).order_by("starts_on"):
        left = balance(post, year, apart_from=apart_from).remaining + (mine or {}).get(year.pk, ZERO)
        words = f"in {year}" if several else "this year"
        if wanted[year.pk] and (found := over_budget(left, wanted[year.pk], year=words)):
            return found
    return []


def years_of(placement: Placement, days: Decimal) -> dict[int, Decimal]:
    """Where the days of a contract lie: those with a date in their year, the rest by the weeks taught."""
    first, last = placement.starts_on, placement.ends_on
    if first is None:
        return {}
    return years_between(first, max(first, last or first), days, _dated(placement))


def years_between(
    first: date, last: date, days: Decimal, given: Mapping[int, Decimal], *, shares: YearShares | None = None
) -> dict[int, Decimal]:
    """`days` from first to last by school year (id): what is `given` in its year, the rest by the weeks taught.

    `shares` has read the calendar, for who asks for many.
    """
    by_weeks = (shares or YearShares()).shares(first, last, quarters(days))
    return at_least(
        {year: in_days(part) for year, part in by_weeks.items()}, dict(given) if sum(given.values()) <= days else {}
    )


def stand_used_before(placement: Placement, used: Mapping[int, Decimal], *, by: User | None, reason: str) -> None:
    """Have exactly these days, by school year (id), stand as delivered without a date (R-17.4).

    They were used before this system, so that no outreach day stands behind them. The caller holds the post locked.
    """
    held = _used_before(placement)
    for year in AcademicYear.objects.filter(pk__in={**held, **used}):
        on = min(max(placement.taken_in_on or year.ends_on, year.starts_on), year.ends_on)
        for kind in (Kind.PLAN, Kind.DELIVERY):  # delivered as planned, so that nothing of them is to come
            write(kind, placement, used.get(year.pk, ZERO) - held.get(year.pk, ZERO), on=on, by=by, reason=reason)


def undated() -> QuerySet[LedgerEntry]:
    """Days that were used before this system and have no date."""
    return LedgerEntry.objects.filter(kind=Kind.DELIVERY, day=None)


def _used_before(placement: Placement) -> dict[int, Decimal]:
    rows = undated().filter(placement=placement).order_by() if placement.taken_in_on else LedgerEntry.objects.none()
    return dict(rows.values_list("year_id").annotate(Sum("days")))


def _dated(placement: Placement) -> dict[int, Decimal]:
    """Days with a date, to come or delivered, and those used before this system, by the id of their school year."""
    rows = OutreachDay.objects.filter(placement=placement, status__in=DAY_COUNTS).values_list("on", "days")
    found = _used_before(placement)
    years = list(AcademicYear.objects.all()) if rows else []
    for on, days in rows:
        for year in (each for each in years if each.holds(on)):
            found[year.pk] = found.get(year.pk, ZERO) + days
    return found


def _contracted(placement: Placement) -> dict[int, Decimal]:
    rows = LedgerEntry.objects.filter(placement=placement, kind=Kind.CONTRACT).order_by()
    return dict(rows.values_list("year_id").annotate(Sum("days")))


def _stand_contract(placement: Placement, wanted: Mapping[int, Decimal], *, by: User | None, reason: str) -> None:
    held = _contracted(placement)
    for year in AcademicYear.objects.filter(pk__in={**held, **wanted}).order_by("starts_on"):
        on = max(year.starts_on, min(placement.starts_on or year.starts_on, year.ends_on))
        more = wanted.get(year.pk, ZERO) - held.get(year.pk, ZERO)
        write(Kind.CONTRACT, placement, more, on=on, by=by, reason=reason)
