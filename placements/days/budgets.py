"""Opens ASTs' yearly budgets: when somebody comes into post, and for everyone when a year begins (R-4.1)."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from placements.days import ledger
from placements.days.models import LedgerEntry
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.posts.models import Post


def open_for(post: Post, *, by: User, today: date) -> list[LedgerEntry]:
    """The budgets of one post: every year of the calendar that has not ended. Repeat-safe."""
    opened = (ledger.open_budget(post, year, by=by) for year in _years(today))
    return [entry for entry in opened if entry is not None]


def open_all(today: date) -> int:
    """For everyone in post, in this year and those already in the calendar; how many were opened.

    The next year is opened as soon as its calendar is entered: in June schools ask for September.
    """
    opened = 0
    for year in _years(today):
        have = LedgerEntry.objects.filter(year=year, kind=LedgerEntry.Kind.BUDGET).values("post")
        without = Post.objects.in_post().exclude(pk__in=have)
        opened += sum(ledger.open_budget(post, year) is not None for post in without)
    return opened


def _years(today: date) -> QuerySet[AcademicYear]:
    return AcademicYear.objects.filter(ends_on__gte=today)


def with_days_left(post_ids: Collection[int], on: date) -> set[int]:
    """Of these posts, those whose year still has days under no contract (R-5.4). Two queries."""
    return {pk for pk, year in ledger.balances(post_ids, calendar.year_on(on)).items() if year.remaining > 0}
