"""What an AST's year is divided into (R-4.2): the days set aside for each use, and those given away."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Problem
from placements.allocation.problem import days as in_days
from placements.days import ledger
from placements.days.ledger import TAKEN
from placements.days.models import LedgerEntry
from placements.days.rules.balance import UNALLOCATED, ZERO, Category, divided, overdrawn
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear
from staff.posts.models import Post

Kind = LedgerEntry.Kind


def names(year: AcademicYear, on: date | None = None) -> list[str]:
    """The authority's uses of a year, deployment first; none where it does not divide the year."""
    return [str(name) for name, _ in _policy(year, on or today()).budget_categories]


def _policy(year: AcademicYear, on: date) -> Policy:
    """The one that divides the year: in force on the day, as far as it lies in the year."""
    return policy.in_force(min(max(on, year.starts_on), year.ends_on))


def uses_of(post: Post, year: AcademicYear, on: date | None = None) -> list[Category]:
    """One AST's year by use, what is set aside for nothing last; empty where the year is not divided. Three queries.

    What is left of all of them together is what is left of the year.
    """
    rules = _policy(year, on or today())
    if not rules.budget_categories:
        return []
    named = [(str(name), Decimal(days)) for name, days in rules.budget_categories]
    sums = _sums(post, year)
    whole = sum((days for (kind, _), days in sums.items() if kind == Kind.BUDGET), ZERO)
    budgets = divided(named, budget=whole, days_per_year=rules.ast_days_per_year)
    taken: dict[str, Decimal] = {}
    for (kind, use), days in sums.items():
        if kind == Kind.MOVE:
            budgets[use] = budgets.get(use, ZERO) + days
        elif kind in TAKEN:
            key = use or (named[0][0] if kind == Kind.CONTRACT else UNALLOCATED)
            taken[key] = taken.get(key, ZERO) + days
    for (_, use), quarters in ledger.promised_uses([post.pk], year).items():
        taken[use or named[0][0]] = taken.get(use or named[0][0], ZERO) + in_days(quarters)
    listed = [name for name in {**budgets, **taken} if name != UNALLOCATED]
    found = [Category(name, budgets.get(name, ZERO), taken.get(name, ZERO)) for name in listed]
    free = whole - sum((each.budget for each in found), ZERO)
    return [*found, Category(UNALLOCATED, free, taken.get(UNALLOCATED, ZERO))]


def _sums(post: Post, year: AcademicYear) -> dict[tuple[str, str], Decimal]:
    """Days by kind and use: a placement's entries by the placement's use."""
    entries = LedgerEntry.objects.filter(post=post, year=year, kind__in=(Kind.BUDGET, Kind.MOVE, *TAKEN)).order_by()
    sums: dict[tuple[str, str], Decimal] = {}
    for kind, own, placed, days in entries.values_list("kind", "category", "placement__category").annotate(Sum("days")):
        key = kind, own or placed or ""
        sums[key] = sums.get(key, ZERO) + days
    return sums


def use_of(post: Post, year: AcademicYear, name: str) -> Category | None:
    """One use of the year, "" for the first; None where the year is not divided."""
    found = uses_of(post, year)
    return next((each for each in found if each.name == name), found[0] if found and not name else None)


def contract_warnings(placement: Placement, before: Decimal) -> list[Problem]:
    """R-4.11: a contract may overdraw its use, and whoever makes it so is told. `before`: the days it had."""
    found: list[Problem] = []
    old = ledger.years_of(placement, before)
    for year in AcademicYear.objects.filter(pk__in=old):
        use, mine = use_of(placement.post, year, placement.category), old[year.pk]
        if use is not None:
            without = Category(use.name, use.budget, use.taken - mine)
            found += overdrawn(without, ledger.years_of(placement, placement.days).get(year.pk, ZERO))
    return found


def moves(post: Post, year: AcademicYear) -> Any:
    """Days that the co-ordinator has moved between uses, the latest first."""
    found = LedgerEntry.objects.filter(post=post, year=year, kind=Kind.MOVE).select_related("by")
    return found.annotate(use=F("category")).order_by("-pk")
