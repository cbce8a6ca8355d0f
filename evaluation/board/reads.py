"""Each AST in one line: the year in days, where this week and next, and what is late (R-20.4)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say
from evaluation.reviews.models import ImpactReview
from placements.allocation.problem import days
from placements.days import ledger
from placements.days.lifecycle import DAY_COUNTS, DAY_OPEN
from placements.days.models import OutreachDay
from placements.days.reads.days import STATES, state_of
from placements.days.rules.balance import Balance
from placements.matching.reads.time import slots, slots_text
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import OutreachPattern, Post
from staff.posts.querysets import PostQuerySet
from staff.posts.reads.posts import Card

WEEK = timedelta(days=7)


@dataclass
class Duty:
    """One AST's line. `this_week` and `next_week` say in words where the AST is, day by day."""

    post: Post
    balance: Balance
    weekdays: tuple[str, ...]
    away: str = ""
    placements: int = 0
    late_days: int = 0
    late_reviews: int = 0
    this_week: list[str] = field(default_factory=list)
    next_week: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.post.name

    @property
    def weekday(self) -> str:
        return ", ".join(self.weekdays) or "Not set"


@dataclass(frozen=True)
class Totals:
    """All ASTs of the board together, in days and in numbers of what is late."""

    budget: Decimal
    promised: Decimal
    contracted: Decimal
    delivered: Decimal
    remaining: Decimal
    late_days: int
    late_reviews: int


def board(posts: PostQuerySet, today: date) -> list[Duty]:
    """The board of these ASTs, by name; five queries and the year's, however many they are."""
    held = posts.select_related("user", "home").prefetch_related("absences").order_by("user__name_key", "pk")
    held = held.annotate(
        set_aside=slots_text("pk"),
        open_placements=_many(Placement.objects.open(), "post"),
        overdue_reviews=_many(ImpactReview.objects.overdue(today), "placement__post"),
    )
    mine = {post.pk: post for post in held}
    balances = ledger.balances(mine, calendar.year_on(today))
    duties = {
        pk: Duty(
            post=post,
            balance=balances.get(pk, Balance()),
            weekdays=tuple(_weekdays(post.set_aside, today)),
            away=_away(post, today),
            placements=post.open_placements,
            late_reviews=post.overdue_reviews,
        )
        for pk, post in mine.items()
    }
    _say_where(duties, today)
    return list(duties.values())


def totals(duties: Iterable[Duty]) -> Totals:
    """The sums below the board."""
    rows = list(duties)
    return Totals(
        budget=_days(each.balance.budget for each in rows),
        promised=_days(each.balance.promised for each in rows),
        contracted=_days(each.balance.contracted for each in rows),
        delivered=_days(each.balance.delivered for each in rows),
        remaining=_days(each.balance.remaining for each in rows),
        late_days=sum(each.late_days for each in rows),
        late_reviews=sum(each.late_reviews for each in rows),
    )


def _days(each: Iterable[Decimal]) -> Decimal:
    return sum(each, Decimal(0))


def _weekdays(stored: str | None, today: date) -> Iterator[str]:
    """What is set aside for outreach today, in words."""
    for slot in slots(stored, None, None):
        if slot.first <= today and (slot.last is None or today <= slot.last):
            yield str(OutreachPattern(weekday=slot.weekday, share=days(slot.quarters)))


def _many(rows: QuerySet[Any], post: str) -> Coalesce:
    """For a query of posts: how many of the rows are of each."""
    mine = rows.filter(**{post: OuterRef("pk")}).order_by().values(post)
    return Coalesce(Subquery(mine.annotate(many=Count("pk")).values("many")), 0)


def _say_where(duties: dict[int, Duty], today: date) -> None:
    """Where each is this week and next, and how many days have passed without a diary entry. One query."""
    this = calendar.monday(today)
    near = Q(on__range=(this, this + 2 * WEEK - timedelta(days=1)), status__in=DAY_COUNTS)
    late = Q(on__lt=today, status__in=DAY_OPEN)
    found = OutreachDay.objects.filter(near | late, placement__post__in=duties)
    for day in found.select_related("placement__host").order_by("on", "pk"):
        duty = duties[day.placement.post_id]
        duty.late_days += day.on < today and day.status in DAY_OPEN
        if day.on >= this:
            week = duty.this_week if day.on < this + WEEK else duty.next_week
            week.append(f"{day.on:%a}: {where(day)}")


def where(day: OutreachDay) -> str:
    """At which school, or with whom at the AST's own; and how much of the day."""
    share = "" if day.days == 1 else f" ({days_words(day.days)})"
    at_home = day.venue == OutreachDay.Venue.HOME
    return f"own school, with {day.placement.host.name}{share}" if at_home else f"{day.placement.host.name}{share}"


def _away(post: Post, today: date) -> str:
    """The time away that is, or comes next. Why is not for a list (R-17.7)."""
    spans = sorted(
        (each.starts_on, each.ends_on) for each in post.absences.all() if each.ends_on is None or each.ends_on >= today
    )
    if not spans:
        return ""
    first, last = spans[0]
    until = date_words(last) if last else "further notice"
    return f"Until {until}" if first <= today else f"From {date_words(first)} until {until}"


def card(post: Post, user: User, today: date) -> Iterator[Card]:
    """On the AST's page: every placement that goes on, and where the AST is on which day to come. Two queries.

    None for who is not in post yet: nobody is placed before.
    """
    if post.status not in POST_KNOWN:
        return
    visible = Placement.objects.visible_to(user).filter(post=post)
    placements = list(visible.open().select_related("host").order_by("starts_on", "pk"))
    to_come = OutreachDay.objects.to_come(today).filter(placement__in=visible).select_related("placement__host")
    by_month: dict[str, list[str]] = defaultdict(list)
    for day in to_come.order_by("on", "pk"):
        state, _ = STATES[state_of(day, today)]
        by_month[f"{day.on:%B %Y}"].append(f"{day.on:%A} {day.on.day}: {where(day)}, {state.lower()}")
    if not placements and not by_month:
        return
    rows: list[tuple[str, Any]] = [
        (f"{each.reference}: {each.get_status_display()}", each.host.name) for each in placements
    ]
    rows += [
        (month, format_html_join(mark_safe("<br>"), "{}", ((day,) for day in said))) for month, said in by_month.items()
    ]
    links = tuple((f"{each.reference}, {each.host.name}", each.get_absolute_url()) for each in placements)
    week = (f"Week by week: where {post.name} is", f"{reverse('placements:week')}?ast={post.pk}")
    yield Card(say("Placements and days to come"), rows, (*links, week))
