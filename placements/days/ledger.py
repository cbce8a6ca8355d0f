"""The time ledger: every entry is written here, and every balance is read here (design, section 7).

Writers lock the AST's post first: of two people after the last free day, one waits and then sees it gone.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from astcoord.core import policy
from astcoord.core.plain_rows import plain
from astcoord.core.problems import Problem
from placements.allocation.problem import quarters
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.rules import time
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.posts.models import Post

Kind = LedgerEntry.Kind


def lock(post: Post) -> Post:
    """Hold the row that owns the budget for the rest of the transaction."""
    return Post.objects.select_for_update(of=("self",)).get(pk=post.pk)


def balance(post: Post, year: AcademicYear) -> time.Balance:
    """One AST's year, in one query (R-4.11)."""
    return balances([post.pk], year).get(post.pk, time.Balance())


def balances(post_ids: Iterable[int], year: AcademicYear | None) -> dict[int, time.Balance]:
    """Many ASTs' year, in one query. ASTs without an entry are missing from the result."""
    if year is None:
        return {}
    sums: dict[int, dict[str, Decimal]] = {}
    rows = LedgerEntry.objects.filter(year=year, post_id__in=list(post_ids)).order_by()
    for post_id, kind, total in rows.values_list("post_id", "kind").annotate(Sum("days")):
        sums.setdefault(post_id, {})[kind] = total
    zero = Decimal(0)
    return {
        pk: time.Balance(
            budget=by.get(Kind.BUDGET, zero),
            contracted=by.get(Kind.CONTRACT, zero),
            planned=by.get(Kind.PLAN, zero),
            delivered=by.get(Kind.DELIVERY, zero),
        )
        for pk, by in sums.items()
    }


def quarters_of(posts: QuerySet[Any], year: AcademicYear | None) -> dict[int, tuple[int, int]]:
    """Budget and contracted time of many ASTs' year in quarters of a day, in one query and without long lists."""
    if year is None:
        return {}
    mine = LedgerEntry.objects.filter(year=year, post__in=posts, kind__in=(Kind.BUDGET, Kind.CONTRACT)).order_by()
    sums = {kind: Sum("days", filter=Q(kind=kind)) for kind in (Kind.BUDGET, Kind.CONTRACT)}
    rows = plain(mine.values_list("post_id").annotate(**sums))
    return {post: (quarters(budget or 0), quarters(contracted or 0)) for post, budget, contracted in rows}


def placement_sums(placement: Placement) -> dict[str, Decimal]:
    """Days of one placement by kind, over all years."""
    return LedgerEntry.objects.filter(placement=placement).sums()


@transaction.atomic
def open_budget(post: Post, year: AcademicYear, *, by: User | None = None) -> LedgerEntry | None:
    """Give an AST the year's days once (R-4.1); a second call changes nothing and returns None."""
    lock(post)
    if LedgerEntry.objects.filter(post=post, year=year, kind=Kind.BUDGET).exists():
        return None
    start = max(post.starts_on or year.starts_on, year.starts_on)
    if start > year.ends_on:
        return None
    weeks = calendar.between(year.starts_on, year.ends_on)
    days = time.yearly_budget(
        days_per_year=policy.in_force(start).ast_days_per_year,
        fte=post.fte,
        weeks_left=len(weeks.weeks(start, year.ends_on)),
        weeks_in_year=len(weeks.weeks(year.starts_on, year.ends_on)),
    )
    if not days:
        return None
    return LedgerEntry.objects.create(post=post, year=year, kind=Kind.BUDGET, days=days, on=start, by=by)


def write(
    kind: str,
    placement: Placement,
    days: Decimal,
    *,
    on: date,
    by: User,
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


def set_days_under_contract(placement: Placement, days: Decimal, *, by: User, reason: str) -> None:
    """Have the contract stand in the ledger with exactly `days`, in the year of its first day.

    The caller holds the AST's post locked. A contract whose dates move to another year gives its days back to the old
    one. A second call writes nothing.
    """
    if placement.starts_on is None:
        raise ValueError("a contract needs a first day")
    rows = LedgerEntry.objects.filter(placement=placement, kind=Kind.CONTRACT).order_by()
    held = dict(rows.values_list("year_id").annotate(Sum("days")))
    years = AcademicYear.objects.on(placement.starts_on)
    here = next(iter(years), None)
    for year in AcademicYear.objects.filter(pk__in=held):
        if year != here:
            write(Kind.CONTRACT, placement, -held[year.pk], on=year.starts_on, by=by, reason=reason)
    already = held.get(here.pk, Decimal(0)) if here else Decimal(0)
    write(Kind.CONTRACT, placement, days - already, on=placement.starts_on, by=by, reason=reason)


def contract_problems(placement: Placement, days: Decimal) -> list[Problem]:
    """Would a contract of `days` overdraw the AST's year, not counting the contract it has (R-4.11)?"""
    year = calendar.year_on(placement.starts_on) if placement.starts_on else None
    if year is None:
        return [
            Problem("The first day lies in no school year of the calendar. Check the dates.", "starts_on", "R-4.11")
        ]
    already = LedgerEntry.objects.filter(placement=placement, year=year).sums()[Kind.CONTRACT]
    return time.over_budget(balance(placement.post, year), days - already)
