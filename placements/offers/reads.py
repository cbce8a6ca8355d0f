"""What an AST sees of schools that look for help, and what is true of the AST meanwhile (R-7.9)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject

from astcoord.core import policy as policies
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say
from placements.days import ledger
from placements.offers.models import HelpOffer
from placements.offers.permissions import can_offer
from placements.offers.querysets import within_reach
from placements.requests import reads as requests
from placements.requests.models import OutreachRequest
from placements.requests.querysets import RequestQuerySet
from schools.calendar.reads import year_on
from staff.accounts.models import User
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post

TOLD = (
    *("Subject", "Aspect", "Key stages", "Pupils", "What needs to get better", "Kinds of work", "Days"),
    *("Between", "Days of the week"),
)
"""Answers of a request that an AST reads before anybody is asked: nobody's name, and nothing that was declared."""


def own_post(user: User) -> Post | None:
    """The post from which this person may offer; None for everybody else. Two queries."""
    policy = policies.in_force()
    posts = Post.objects.filter(user=user).current().select_related("user", "home").prefetch_related("expertise")
    return next((post for post in posts if can_offer(user, post, policy)), None)


def open_to(post: Post | None, today: date) -> RequestQuerySet:
    """The schools on the AST's list, those that begin first at the top; empty without a post."""
    found = within_reach(post, today) if post else OutreachRequest.objects.none()
    return found.select_related("host").order_by("wanted_from", "pk")


def told_of(request: OutreachRequest) -> list[tuple[str, Any]]:
    """What the AST reads of one request."""
    given = {row.label: row.value for row in requests.rows_of(request)}
    return [("School", request.host.name), *((label, given[label]) for label in TOLD if given.get(label))]


def unlisted(post: Post | None) -> str:
    """Why no school can be on the list; "" where some could. No query."""
    if post is None:
        return say("You can say what you could do once you are in post as an AST.")
    if not post.has_profile or not post.expertise.all():
        return "Your profile does not say yet what you offer, so no school is listed. Enter it first."
    return ""


def truths(post: Post, today: date) -> Iterator[str]:
    """What stands between this AST and a match, so that nobody offers in vain unknowingly; six queries at most."""
    if post.status != PostStatus.IN_POST:
        yield say("You are not an AST yet. The co-ordinator can propose you as an aspirant.")
    elif post.starts_on and post.starts_on > today:
        yield f"You are in post from {date_words(post.starts_on)}, and can be proposed for weeks after that."
    if post.status == PostStatus.IN_POST and not post.inducted:
        yield "Your induction is not finished. You can be proposed once it is."
    for absence in post.absences.all():
        if absence.holds(today):
            until = f" until {date_words(absence.ends_on)}" if absence.ends_on else ""
            yield f"You are away from your post{until}. You can be proposed for weeks in which you are back."
    if not post.pattern_on(today):
        yield "No weekday is set aside for your outreach. You can be proposed once your headteacher has set one."
    yield from _days(post, today)


def _days(post: Post, today: date) -> Iterator[str]:
    year = year_on(today)
    if year is None:
        return
    left = max(ledger.balance(post, year).remaining, Decimal(0))
    if left:
        yield f"You have {days_words(left)} left this school year that are not promised to a school."
    else:
        yield "You have no days left this school year. You can be proposed once some are free, or for another year."


def own_offers(user: User, today: date) -> QuerySet[HelpOffer]:
    """The latest ten, each with `stands`, whether the co-ordinator still goes by it. One query."""
    standing = HelpOffer.objects.standing(today).filter(pk=OuterRef("pk"))
    mine = HelpOffer.objects.filter(post__user=user).annotate(stands=Exists(standing))
    return mine.select_related("request__host").order_by("-at", "-pk")[:10]


@dataclass(frozen=True)
class Said:
    """One offer that the co-ordinator goes by, and who said it."""

    post: int
    name: str
    home: str
    note: str
    at: datetime


def spelt_for(request: OutreachRequest, user: User, today: date) -> QuerySet[Any]:
    """Offers that the co-ordinator goes by, each as one text by the id of its post; `said` reads them.

    As text, because they come with much else about the request in one query of a page that asks many.
    """
    offers = HelpOffer.objects.visible_to(user).standing(today).filter(request=request).order_by()
    return offers.values_list(Value("offered"), "post_id", Cast(SPELT, TextField()))


SPELT = JSONObject(order="pk", name="post__user__name", home="post__home__name", note="note", at="at")


def said(texts: Mapping[int, str]) -> dict[int, Said]:
    """What `spelt_for` gave, by post, the earliest first; no query."""
    found = []
    for post, text in texts.items():
        row = json.loads(text)
        at = datetime.fromisoformat(row["at"])
        at = at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps them in UTC and does not say so
        found.append((at, row["order"], Said(post, row["name"], row["home"], row["note"], at)))
    return {offer.post: offer for _, _, offer in sorted(found, key=lambda each: each[:2])}
