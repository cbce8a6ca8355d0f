"""What a governing body reads of the ASTs that its school employs: post, time, what they gave and brought (R-13.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from astcoord.core.roles import Role
from astcoord.core.wording import date_words, number
from evaluation.ideas.reads import of_schools
from evaluation.summaries.reads.changes import ZERO
from evaluation.summaries.reads.given import Homes, OwnNews, outreach_of_posts
from placements.days import ledger
from placements.days.rules.balance import Balance
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from schools.register.models import School
from staff.accounts.models import User
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet
from staff.posts.reads.posts import post_page


@dataclass(frozen=True)
class OwnYear:
    """One AST's school year: what was given to how many other schools, of which budget."""

    post: Post
    balance: Balance
    schools: int


@dataclass(frozen=True)
class OwnBoard:
    """One school: its ASTs of this year, (idea, from which school) that came back, and what is new."""

    school: School
    year: AcademicYear | None
    asts: Sequence[OwnYear]
    ideas: Sequence[tuple[str, str]]
    news: OwnNews


def own_boards(user: User, today: date, *, whole: bool = False) -> list[OwnBoard]:
    """The schools of this head or governor, each with its ASTs: thirteen queries, however many there are.

    `whole`: the posts come with everything that `sections_of` shows.
    """
    schools = list(School.objects.filter(pk__in=user.schools_as(Role.HEADTEACHER, Role.GOVERNOR)).by_name())
    year = calendar.year_on(today)
    held = _held(user, schools, year, today).select_related("user")
    pages = held.with_profile().with_dates().with_first_start().prefetch_related("home__statuses", "moves")
    posts = list(pages if whole else held)
    balances = ledger.balances([post.pk for post in posts], year)
    given = outreach_of_posts(year.starts_on, today) if year else {}
    ideas = of_schools(year.starts_on, today) if year else {}
    asts: dict[int, list[OwnYear]] = {}
    for post in posts:
        _, hosts = given.get(post.pk, (ZERO, set()))
        asts.setdefault(post.home_id, []).append(OwnYear(post, balances.get(post.pk, Balance()), len(hosts)))
    homes = Homes(today)
    return [_board(each, year, asts.get(each.pk, []), ideas.get(each.pk, []), homes) for each in schools]


def _board(
    school: School,
    year: AcademicYear | None,
    asts: Sequence[OwnYear],
    ideas: Sequence[tuple[str, str]],
    homes: Homes,
) -> OwnBoard:
    given = [(each.post.name, each.balance.budget, each.balance.delivered) for each in asts]
    return OwnBoard(school, year, asts, ideas, homes.news(school.pk, given, len(ideas)))


def _held(user: User, schools: list[School], year: AcademicYear | None, today: date) -> PostQuerySet:
    """Whoever is an AST of theirs, or was one this year."""
    known = Post.objects.visible_to(user).filter(home__in=schools, status__in=POST_KNOWN)
    since = year.starts_on if year else today
    return known.exclude(ends_on__lt=since)


Section = tuple[str, list[tuple[str, str]]]


def sections_of(post: Post, user: User, today: date) -> list[Section]:
    """Everything of one post that this reader may read, as (heading, rows of words): for the paper."""
    page = post_page(post, user, today)
    time = [*page.outreach, ("What is asked", page.obligation.words)]
    cards = [("Appointment", page.appointment), ("Time", time), *((card.title, card.rows) for card in page.cards)]
    return [(title, [(row[0], words_of(row[1])) for row in rows]) for title, rows in cards if rows]


def words_of(value: Any) -> str:
    """One answer of a page in plain words."""
    if isinstance(value, SafeString):
        return strip_tags(value.replace("<br>", "\n"))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, list | tuple):
        return "\n".join(words_of(each) for each in value)
    return number(value) if isinstance(value, Decimal) else str(value or "Not given")
