"""One governing body's term: what its school hosted, and what its own ASTs gave (R-13.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from evaluation.ideas.reads import of_schools
from evaluation.summaries.reads.changes import ZERO
from evaluation.summaries.reads.given import Homes, OwnNews, outreach_of_posts
from evaluation.summaries.reads.placements import Summary, summaries, summarised
from placements.days import ledger
from placements.placement.models import Placement
from schools.calendar.models import Term
from schools.register.models import School
from staff.posts.models import Post


@dataclass(frozen=True)
class OwnAst:
    """What one of the school's own ASTs has given to other schools this year."""

    name: str
    budget: Decimal
    delivered: Decimal
    schools: int


@dataclass(frozen=True)
class Board:
    """One governing body's term: what the school hosted, and what its own ASTs gave."""

    school: School
    term: Term
    hosted: Sequence[Summary]
    given: Sequence[OwnAst]
    ideas: Sequence[tuple[str, str]] = ()
    """What came back to the school this year: (idea, from which school), R-10.11."""
    news: OwnNews | None = None
    """What is new of its own ASTs, and what may be asked; None for a school that employs none."""


def boards(term: Term) -> list[Board]:
    """Every school with something to tell its governors of this term, as it stands at the term's end."""
    span = Q(starts_on__lte=term.ends_on, ends_on__gte=term.starts_on)
    hosted: dict[int, list[Summary]] = {}
    for each in summaries(summarised(Placement.objects.filter(span)), term.ends_on):
        hosted.setdefault(each.placement.host_id, []).append(each)
    given = _given(term)
    ideas = of_schools(term.year.starts_on, term.ends_on)
    homes = Homes(term.ends_on)
    found = []
    for school in School.objects.filter(pk__in={*hosted, *given, *ideas}).by_name():
        own, back = given.get(school.pk, []), ideas.get(school.pk, [])
        asts = [(ast.name, ast.budget, ast.delivered) for ast in own]
        news = homes.news(school.pk, asts, len(back)) if own or back else None
        found.append(Board(school, term, hosted.get(school.pk, []), own, back, news))
    return found


def _given(term: Term) -> dict[int, list[OwnAst]]:
    """The outreach of the school's own ASTs, from the start of the year to the end of the term."""
    told = outreach_of_posts(term.year.starts_on, term.ends_on)
    held = Post.objects.in_post_between(term.starts_on, term.ends_on)
    posts = Post.objects.filter(Q(pk__in=told) | Q(pk__in=held)).select_related("user")
    balances = ledger.balances([post.pk for post in posts], term.year)
    found: dict[int, list[OwnAst]] = {}
    for post in posts:
        days, schools = told.get(post.pk, (ZERO, set()))
        budget = balances[post.pk].budget if post.pk in balances else ZERO
        found.setdefault(post.home_id, []).append(OwnAst(post.user.name, budget, days, len(schools)))
    return found
