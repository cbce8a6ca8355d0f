"""What the coming school year begins with: terms, budgets, placements that go on, priorities (R-17.13)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.days.rules.balance import Balance
from placements.placement.models import Placement
from placements.priorities.models import Priority
from schools.calendar.models import AcademicYear
from schools.calendar.years import YEAR_AHEAD_FROM, first_year_of, slug_of
from staff.posts.models import Post


@dataclass(frozen=True)
class Line:
    """An AST's coming year; without a balance nothing is in its ledger yet."""

    post: Post
    balance: Balance | None

    @property
    def overdrawn(self) -> bool:
        return self.balance is not None and self.balance.remaining < 0


@dataclass(frozen=True)
class GoesOn:
    """A placement over the summer, with what it has of the coming year."""

    placement: Placement
    days: Decimal


@dataclass(frozen=True)
class Opening:
    """Everything on the page. `year` is None until its terms are entered."""

    slug: str
    year: AcademicYear | None
    before: AcademicYear
    ending: list[Priority]
    beginning: list[Priority]
    asts: list[Line] = field(default_factory=list)
    going_on: list[GoesOn] = field(default_factory=list)
    to_finish: list[Placement] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.slug.replace("-", "/")

    @property
    def overdrawn(self) -> list[Line]:
        return [line for line in self.asts if line.overdrawn]


def slug_to_open(today: date) -> str | None:
    """From May the next school year, from September that which has begun; in spring there is none to open."""
    return slug_of(today.year) if today.month >= YEAR_AHEAD_FROM else None


def waiting(today: date) -> str | None:
    """The year that somebody should open; None where it is open, or where it is the authority's first. One query."""
    slug = slug_to_open(today)
    if slug is None:
        return None
    known = dict(AcademicYear.objects.filter(slug__in=[slug, _before(slug)]).values_list("slug", "opened_on"))
    return slug if _before(slug) in known and known.get(slug) is None else None


def opening(slug: str) -> Opening | None:
    """The page of a year; None for a year without one before it. A fixed number of queries."""
    years = {year.slug: year for year in AcademicYear.objects.filter(slug__in=[slug, _before(slug)])}
    before, year = years.get(_before(slug)), years.get(slug)
    if before is None:
        return None
    first = first_year_of(slug)
    found = Opening(
        slug, year, before, list(ending(slug)), list(Priority.objects.filter(retired_on=None, first_year=first))
    )
    found.to_finish.extend(
        Placement.objects.open().filter(ends_on__lte=before.ends_on).with_people().order_by("ends_on")
    )
    if year is not None:
        found.asts.extend(_lines(year))
        found.going_on.extend(_going_on(before, year))
    return found


def ending(slug: str) -> Iterable[Priority]:
    """Priorities whose last school year is the one before."""
    return Priority.objects.filter(retired_on=None, last_year=first_year_of(slug) - 1)


def _before(slug: str) -> str:
    return slug_of(first_year_of(slug) - 1)


def _lines(year: AcademicYear) -> Iterable[Line]:
    posts = list(Post.objects.in_post_between(year.starts_on, year.ends_on).select_related("user", "home"))
    balances = ledger.balances([post.pk for post in posts], year)
    return [Line(post, balances.get(post.pk)) for post in posts]


def _going_on(before: AcademicYear, year: AcademicYear) -> Iterable[GoesOn]:
    over = (
        Placement.objects.open()
        .filter(ends_on__gt=before.ends_on)
        .filter(Q(starts_on__lte=before.ends_on) | Q(starts_on=None))
    )
    mine = Sum("ledger__days", filter=Q(ledger__year=year, ledger__kind=LedgerEntry.Kind.CONTRACT))
    rows = over.with_people().annotate(of_the_year=mine).order_by("ends_on", "pk")
    return [GoesOn(row, row.of_the_year or Decimal(0)) for row in rows]
