"""What an offer’s page shows, CPD on an AST’s page, and CPD in numbers (R-3.9, R-3.12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from astcoord.core.wording import counted, date_words, days_words, number
from astcoord.core.words import say
from schools.calendar.reads import year_on
from staff.accounts.models import User
from staff.cpd import permissions
from staff.cpd.lifecycle import AnswerStatus, CpdKind
from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer
from staff.figures.permissions import reads_sums
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.posts.models import Post
from staff.posts.reads.posts import Card

DAYS = 3
"""The column of days."""


def since(today: date) -> date:
    """The first day of this school year; where none is entered, of the calendar’s September."""
    year = year_on(today)
    return year.starts_on if year else date(today.year - (today.month < 9), 9, 1)


@dataclass(frozen=True)
class OfferPage:
    """One offer, as this reader reads it."""

    facts: list[tuple[str, Any]]
    answers: list[CpdAnswer]
    own: CpdAnswer | None
    state: str
    open: bool
    may_keep: bool
    may_answer: bool
    may_take_back: bool


def offer_page(offer: Any, user: User, today: date) -> OfferPage:
    """`offer` has its count. Who answered, as far as this reader may know it. Three queries."""
    answers = list(offer.answers.visible_to(user).select_related("post__user", "post__home").order_by("status", "pk"))
    own = next((each for each in answers if each.post.user_id == user.pk), None)
    keeps = permissions.can_keep_offer(user, offer)
    open_ = offer.is_open(today)
    accepted = own is not None and own.status == AnswerStatus.ACCEPTED
    return OfferPage(
        facts=[
            ("Kind", offer.get_kind_display()),
            ("About", offer.about),
            ("Day", offer.on),
            ("Length", days_words(offer.days)),
            ("For", meant_for(offer)),
            ("Places", f"{offer.taken} of {offer.places} taken"),
            ("Answers until", offer.closes_on),
        ],
        answers=answers if keeps else [],
        own=own,
        state=_state(offer, today),
        open=open_,
        may_keep=keeps and offer.withdrawn_on is None,
        may_answer=open_ and not accepted and post_for(offer, user, today) is not None,
        may_take_back=accepted and offer.on > today,
    )


def post_for(offer: CpdOffer, user: User, today: date) -> Post | None:
    """The post in which this person can take up the offer. Two queries, none for whoever is no AST."""
    posts = Post.objects.in_post(today).filter(user=user).select_related("home", "user").prefetch_related("expertise")
    return next((post for post in posts if offer.applies_to(post) and permissions.is_own(user, post)), None)


def meant_for(offer: CpdOffer) -> str:
    """“All ASTs”, “ASTs of science at secondary schools”."""
    subject = f"Subject: {offer.get_subject_display()}" if offer.subject else ""
    phase = f"Schools: {offer.get_phase_display()}" if offer.phase else ""
    return "; ".join(filter(None, [subject, phase])) or say("All ASTs")


def _state(offer: CpdOffer, today: date) -> str:
    if offer.withdrawn_on:
        return f"Withdrawn on {date_words(offer.withdrawn_on)}: {offer.withdrawn_because}"
    return "" if offer.is_open(today) else "Closed: the last day for answers has passed"


def card(post: Post, user: User, today: date) -> Iterator[Card]:
    """What this school year’s log adds up to, for those who may read it. Two queries at most."""
    if not permissions.can_read(user, post) or not post.starts_on:
        return
    days = list(CpdEntry.objects.filter(post=post, on__range=(since(today), today)).values_list("days", flat=True))
    said = f"{counted(len(days), 'entry', 'entries')}, {days_words(sum(days, Decimal(0)))}" if days else "Nothing yet"
    way = f"{reverse('staff:cpd_log')}?{urlencode({'name': post.name})}"
    yield Card("Professional development (CPD)", [("This school year", said)], (("CPD log", way),))


def figures(user: User, today: date) -> Sheet:
    """This school year by kind: entries, ASTs, days; officers read no groups under three. Two queries."""
    first = since(today)
    entries = CpdEntry.objects.filter(on__range=(first, today))
    if not reads_sums(user):
        entries = entries.visible_to(user)
    rows = list(entries.order_by().values_list("kind", "post__user_id", "days"))
    kinds = [kind for kind in CpdKind if any(row[0] == kind for row in rows)]
    days = {str(kind.label): sum((row[2] for row in rows if row[0] == kind), Decimal(0)) for kind in kinds}
    days["All"] = sum(days.values(), Decimal(0))
    lines: list[tuple[Cell, ...]] = [_line(str(kind.label), [row for row in rows if row[0] == kind]) for kind in kinds]
    table = Table("csv", "By kind", ("Kind", "Entries", say("ASTs")), tuple(lines), _line("All", rows))
    if reads_sums(user):
        table = table.for_officers()

    def days_of(line: tuple[Cell, ...]) -> Cell:
        return number(days[str(line[0])]) if all(isinstance(cell, int) for cell in line[1:]) else "not shown"

    return Sheet(
        name="cpd",
        title="CPD in numbers",
        tables=(table.with_column(DAYS, "Days", days_of),) if rows else (),
        lead=f"What stands {say('on ASTs’')} CPD logs for {date_words(first)} to {date_words(today)}.",
        notes=(say("An AST who did several kinds counts once for each, and once among all."),),
        empty="Nothing stands on the CPD logs for this school year yet.",
    )


def _line(label: str, rows: list[tuple[Any, ...]]) -> tuple[Cell, ...]:
    return (label, len(rows), len({row[1] for row in rows}))
