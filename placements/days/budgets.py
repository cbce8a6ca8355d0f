"""Opens ASTs' yearly budgets: when somebody comes into post, and for everyone when a year begins (R-4.1).

And keeps contracts over a summer in the years that their days lie in.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum

from astcoord.core.nightly import each
from astcoord.core.problems import Problem
from astcoord.core.wording import days_words
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.lifecycle import PLACEMENT_OPEN
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.rules import Spell

BEFORE = "before this service"
"""The source of days that were used before this service began."""


def open_for(post: Post, *, by: User | None, today: date) -> list[LedgerEntry]:
    """The budgets of one post: every year of the calendar that has not ended. Repeat-safe."""
    opened = (ledger.open_budget(post, year, by=by) for year in _years(today))
    return [entry for entry in opened if entry is not None]


def begin(post: Post, *, by: User | None, today: date) -> None:
    """When somebody comes into post: budgets are opened, and what was taken back with a first day is given again."""
    open_for(post, by=by, today=today)
    mine = LedgerEntry.objects.filter(post=post, kind=LedgerEntry.Kind.BUDGET).order_by()
    if any(not days for _, days in mine.values_list("year").annotate(Sum("days"))):
        settle(post, today=today, by=by, reason="in post after all")


def used_problems(*, fte: Decimal, starts_on: date, days: Decimal, today: date) -> list[Problem]:
    """Why days used before this service began cannot be taken off this year (R-17.3, R-4.11)."""
    year = calendar.year_on(today)
    if year is None:
        return [Problem("The school year is not entered yet: enter the calendar first", "days_used")]
    given = ledger.budget_of(year, Spell(starts_on, None, ((starts_on, fte),)))
    if days <= given:
        return []
    words = f"{days_words(days)} used this year are more than the {days_words(given)} that the year gives"
    return [Problem(f"{words}: correct one of them", "days_used", "R-4.11")]


def take_used(post: Post, days: Decimal, *, by: User | None, today: date) -> None:
    """Take off this year what an AST used of it before this service began. A second call changes nothing (R-17.3)."""
    year = calendar.year_on(today)
    if year is None:
        return
    ledger.lock(post)
    wanted = {(year.pk, ""): days}
    reason = "used in this year before this service began"
    ledger.stand(LedgerEntry.Kind.ACTIVITY, post, BEFORE, wanted, on=today, by=by, reason=reason)


def used_before(post: Post, year: AcademicYear) -> Decimal:
    """What an AST used of a year before this service began."""
    found = LedgerEntry.objects.filter(post=post, year=year, source=BEFORE).aggregate(Sum("days"))["days__sum"]
    return found or Decimal(0)


def open_all(today: date) -> int:
    """For everyone in post, in this year and those already in the calendar; how many were opened.

    The next year is opened as soon as its calendar is entered: in June schools ask for September.
    """
    opened = 0
    for year in _years(today):
        have = LedgerEntry.objects.filter(year=year, kind=LedgerEntry.Kind.BUDGET).values("post")
        without = Post.objects.in_post_between(year.starts_on, year.ends_on).exclude(pk__in=have)
        opened += _open(without, year)
    return opened


def _open(posts: QuerySet[Post], year: AcademicYear) -> int:
    return each(posts, lambda post: ledger.open_budget(post, year) is not None)


NEVER_HELD = Spell(None, date.min, ((date.min, Decimal(0)),))
"""Of a post that nobody has held after all: no year gives it a day."""
CHANGE = "post"
"""The source of what a change of the post makes of a year's budget."""


def due(post: Post, spell: Spell) -> list[tuple[AcademicYear, Decimal, Decimal]]:
    """Years whose budget stands otherwise than such a spell would have it: (year, as it stands, as it is due)."""
    mine = LedgerEntry.objects.filter(post=post, kind=LedgerEntry.Kind.BUDGET, source__in=("", CHANGE)).order_by()
    stands = dict(mine.values_list("year_id").annotate(Sum("days")))
    years = AcademicYear.objects.filter(pk__in=stands).order_by("starts_on")
    found = [(year, stands[year.pk], ledger.budget_of(year, spell)) for year in years]
    return [(year, stood, wanted) for year, stood, wanted in found if stood != wanted]


def settle(post: Post, *, today: date, by: User | None, reason: str, spell: Spell | None = None) -> None:
    """Have each year's budget stand as the post is held now: what it was before stays, with an entry beside it.

    A second call writes nothing. Whoever calls it has written the post, or says the `spell`.
    """
    ledger.lock(post)
    for year, stood, wanted in due(post, spell or post.spell):
        on = min(max(today, year.starts_on), year.ends_on)
        about = {"post": post, "year": year, "kind": LedgerEntry.Kind.BUDGET, "source": CHANGE, "by": by}
        LedgerEntry.objects.create(**about, days=wanted - stood, on=on, reason=reason[:250])


@transaction.atomic
def spread(placement: Placement) -> bool:
    """Have a contract over the summer stand in each year that its days lie in; False if it does already (R-4.11)."""
    ledger.lock(placement.post)
    entries = LedgerEntry.objects.filter(placement=placement, kind=LedgerEntry.Kind.CONTRACT)
    days, before = entries.sums()[LedgerEntry.Kind.CONTRACT], entries.count()
    if entries.values("year").distinct().count() == 1:
        reason = "the part that lies in another school year"
        ledger.set_days_under_contract(placement, days, by=None, reason=reason)
    return entries.count() > before


def spread_all() -> int:
    """Contracts over a summer whose next year has been entered since, or that an older version put into one year.

    How many were spread; repeat-safe.
    """
    found = 0
    for year in AcademicYear.objects.all():
        over = Placement.objects.filter(
            status__in=PLACEMENT_OPEN, starts_on__lte=year.ends_on, ends_on__gt=year.ends_on
        )
        contracted = over.filter(ledger__kind=LedgerEntry.Kind.CONTRACT, ledger__year=year).distinct()
        found += each(contracted.select_related("post"), spread)
    return found


def _years(today: date) -> QuerySet[AcademicYear]:
    return AcademicYear.objects.filter(ends_on__gte=today)


def with_days_left(post_ids: Collection[int], on: date) -> set[int]:
    """Of these posts, those whose year still has days left (R-5.4). Three queries."""
    return {pk for pk, year in ledger.balances(post_ids, calendar.year_on(on)).items() if year.remaining > 0}
