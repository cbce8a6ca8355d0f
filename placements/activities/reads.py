"""One AST's work outside placements in a year, and what its week holds."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from astcoord.core import policy
from placements.activities.lifecycle import ActivityKind
from placements.activities.models import Activity, InreachAgreement
from placements.days.models import OutreachDay
from placements.days.rules.time import monday_of
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.posts.models import Post

ZERO = Decimal(0)


@dataclass(frozen=True)
class WorkPage:
    """Entries of a year with their sums; agreements on inreach that touch it."""

    entries: list[Activity]
    agreements: list[InreachAgreement]
    work: Decimal
    inreach: Decimal
    counted: Decimal
    own_choice: Decimal
    own_choice_left: Decimal


def work_page(post: Post, year: AcademicYear) -> WorkPage:
    """Three queries, however much there is."""
    entries = list(Activity.objects.filter(post=post, on__range=(year.starts_on, year.ends_on)))
    standing = [each for each in entries if each.cancelled_on is None]
    touching = InreachAgreement.objects.filter(post=post, starts_on__lte=year.ends_on, ends_on__gte=year.starts_on)
    allowed = policy.in_force(year.starts_on).own_choice_days
    chosen = sum((each.days for each in standing if each.kind == ActivityKind.OWN_CHOICE), ZERO)
    return WorkPage(
        entries=entries,
        agreements=list(touching),
        work=sum((each.days for each in standing if not each.is_inreach), ZERO),
        inreach=sum((each.days for each in standing if each.is_inreach), ZERO),
        counted=sum((each.days for each in standing if each.counts), ZERO),
        own_choice=allowed,
        own_choice_left=allowed - chosen,
    )


def own_choice_left(post: Post, on: date, *, apart_from: Activity | None = None) -> Decimal:
    """What is left of the AST's own choice in the year that holds the day (R-4.13)."""
    year = calendar.year_on(on)
    if year is None:
        return ZERO
    chosen = Activity.objects.standing().filter(post=post, kind=ActivityKind.OWN_CHOICE)
    chosen = chosen.filter(on__range=(year.starts_on, year.ends_on))
    if apart_from is not None and apart_from.pk is not None:
        chosen = chosen.exclude(pk=apart_from.pk)
    used = Decimal(chosen.aggregate(total=Sum("days"))["total"] or 0)
    return Decimal(policy.in_force(year.starts_on).own_choice_days) - used


def week_is_full(post: Post, on: date) -> bool:
    """Whether the week's outreach has reached the limit, which other work does not count towards (R-4.3)."""
    monday = monday_of(on)
    days = OutreachDay.objects.counting().filter(placement__post=post, on__range=(monday, monday + timedelta(days=6)))
    used = Decimal(days.aggregate(total=Sum("days"))["total"] or 0)
    return bool(used >= policy.in_force(on).most_a_week)
