"""What goes over to the school that follows one that closed: ASTs' posts, requests, matches, placements, letters.

A placement whose home and host would become the same school cannot go over (R-1.6): it stays, with its request and its
AST's post, and the page says what to do. Closed rows, signed texts and sent letters stay with the old school (R-17.6).
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from astcoord.core import audit
from astcoord.core.consequences import Hanging
from astcoord.core.words import say
from placements.letters import actions as letters
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import Letter
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.requests.lifecycle import REQUEST_OPEN, RequestStatus
from placements.requests.models import OutreachRequest
from schools.succession.events import Handing
from staff.accounts.models import User
from staff.posts.lifecycle import POST_OVER
from staff.posts.models import Post

ONE_SCHOOL = "Stays here: its home and host would be one school. End it early, or let it run out, then come back"
NOT_OVER = ~Q(status=PlacementStatus.CLOSED)
REQUEST_ALIVE = Q(status__in=[*REQUEST_OPEN, RequestStatus.DRAFT, RequestStatus.AGREED])
ROUND_UNDER_WAY = (RoundStatus.BUILT, RoundStatus.SENDING)


HANGING: list[Callable[[date], QuerySet[Any]]] = [
    lambda _: Post.objects.current().values("home_id"),
    lambda _: OutreachRequest.objects.filter(REQUEST_ALIVE).values("host_id"),
    lambda _: Placement.objects.filter(NOT_OVER).values("host_id"),
    lambda _: Placement.objects.filter(NOT_OVER).values("home_id"),
]
"""Ids of schools to which something belongs that is not over."""


def posts(event: Handing) -> Iterator[Hanging]:
    """ASTs of the school. Two queries."""
    stuck = set(_stuck_posts(event).values_list("pk", flat=True))
    for post in _posts(event).select_related("user"):
        url = reverse("staff:post", args=[post.pk])
        if event.to is None:
            yield Hanging(post.name, say("Stays until you record where the AST goes"), url, undecided=True)
        elif post.pk in stuck:
            words = (
                f"Stays here: {say('the AST')} has a post or {say('a placement')} at "
                f"{event.to.name} itself. End that first"
            )
            yield Hanging(post.name, words, url, undecided=True)
        else:
            yield Hanging(post.name, f"{event.to.name} is the home school; profile, time and budget go on", url)


def carry_posts(event: Handing, by: User | None) -> None:
    """The same post at another school: nothing of the AST's year changes."""
    going = _posts(event).exclude(pk__in=_stuck_posts(event).values("pk"))
    _move(event, going, "home", "Home school followed by another", by=by)


def requests(event: Handing) -> Iterator[Hanging]:
    """Requests that are alive, and those whose placement is not closed. Three queries."""
    stuck = set(_stuck_requests(event).values_list("pk", flat=True))
    for request in _requests(event):
        what = f"{request.reference}, {request.get_status_display()}"
        url = "" if request.status == RequestStatus.DRAFT else reverse("placements:request_detail", args=[request.pk])
        if event.to is None:
            yield Hanging(what, say("Stays: withdraw or decline it, or end its placement"), url, undecided=True)
        elif request.pk in stuck:
            yield Hanging(what, say("Stays here with its placement"), url)
        else:
            yield Hanging(what, f"{event.to.name} asks; answers, dates and people stay", url)


def carry_requests(event: Handing, by: User | None) -> None:
    """With drafts: whoever began one finds it again."""
    going = _requests(event).exclude(pk__in=_stuck_requests(event).values("pk"))
    _move(event, going, "host", "School followed by another", by=by)


def matches(event: Handing) -> Iterator[Hanging]:
    """Matches that wait for answers: they go with the request and the post. One query."""
    rows = Match.objects.filter(status=MatchStatus.PROPOSED).select_related("request__host", "post__user", "post__home")
    for match in rows.filter(Q(request__in=_requests(event)) | Q(post__in=_posts(event))).order_by("pk"):
        what = f"{match.post.name} for {match.request.reference}"
        url = reverse("placements:match", args=[match.pk])
        if event.to is None:
            yield Hanging(what, "Stays: say no to it, or let it lapse", url, undecided=True)
        elif event.to.pk in (match.request.host_id, match.post.home_id):
            words = (
                f"{say('The AST')} would work at {event.to.name}, which asks: say no to the match. That work is inreach"
            )
            yield Hanging(what, words, url, undecided=True)
        else:
            yield Hanging(what, "Goes on: answers that were given count, the others may still be given", url)


def placements(event: Handing) -> Iterator[Hanging]:
    """Placements that are not closed, by host and by home. One query."""
    for placement in _placements(event):
        what, url = f"{placement}, {placement.get_status_display()}", placement.get_absolute_url()
        if event.to is None:
            words = "Stays: end it early, or let it run out with the office standing in for the school"
            yield Hanging(what, words, url, undecided=True)
        elif event.to.pk in (placement.home_id, placement.host_id):
            yield Hanging(what, ONE_SCHOOL, url, undecided=True)
        else:
            part = "host" if placement.host_id == event.school.pk else "home"
            words = f"{event.to.name} is its {part} school; days, papers, diary, reviews and evaluations go on"
            yield Hanging(what, words, url)


def carry_placements(event: Handing, by: User | None) -> None:
    """The contract in force stays as it was signed; a later version carries the new name."""
    for column, other in (("host", "home"), ("home", "host")):
        rows = event.of(Placement.objects.all(), column, NOT_OVER).exclude(**{other: event.to})
        _move(event, rows, column, "School followed by another", by=by)


def availability(event: Handing) -> Iterator[Hanging]:
    """Letters of a round that is not out yet. Two queries."""
    served = event.to is not None and letters.is_served(event.to)
    for letter in _unsent(event):
        if event.to is None:
            yield Hanging(str(letter.round), "Is not sent")
        elif letter.has_own:  # type: ignore[attr-defined]
            yield Hanging(str(letter.round), f"Is not sent: {event.to.name} has its own")
        else:
            own = f"Is not sent: {event.to.name} gets its own"
            yield Hanging(
                str(letter.round), own if served else "Is not sent: the school that follows is not written to"
            )


def carry_letters(event: Handing, by: User | None) -> None:
    """A letter with the new name for a round that is not out; the old one stays on file, unsent (R-5.3)."""
    for letter in _unsent(event):
        letters.write_for(letter_round=letter.round, school=event.target, by=by)


def _posts(event: Handing) -> QuerySet[Post]:
    return event.of(Post.objects.all(), "home", ~Q(status__in=POST_OVER)).order_by("user__name_key", "pk")


def _stuck_posts(event: Handing) -> QuerySet[Post]:
    """The AST has another post at the successor, or works there in a placement."""
    there = Post.objects.current().filter(home=event.to, user=OuterRef("user"))
    works = Placement.objects.filter(NOT_OVER, host=event.to, post=OuterRef("pk"))
    return _posts(event).filter(Exists(there) | Exists(works))


def _requests(event: Handing) -> QuerySet[OutreachRequest]:
    running = Placement.objects.filter(NOT_OVER, request=OuterRef("pk"))
    return event.of(OutreachRequest.objects.all(), "host", REQUEST_ALIVE | Q(Exists(running))).order_by("pk")


def _stuck_requests(event: Handing) -> QuerySet[OutreachRequest]:
    """Its placement is with an AST of the successor."""
    sent = Placement.objects.filter(NOT_OVER, request=OuterRef("pk"), home=event.to)
    return _requests(event).filter(Exists(sent))


def _placements(event: Handing) -> list[Placement]:
    rows = Placement.objects.with_people()
    found = {row.pk: row for column in ("host", "home") for row in event.of(rows, column, NOT_OVER)}
    return [found[pk] for pk in sorted(found)]


def _unsent(event: Handing) -> QuerySet[Letter]:
    """Neither e-mailed nor posted; none goes back when a wrong successor is put right."""
    if event.earlier is not None:
        return Letter.objects.none()
    own = Letter.objects.filter(round=OuterRef("round"), school=event.to)
    rows = Letter.objects.filter(school=event.school, message=None, posted_on=None, round__status__in=ROUND_UNDER_WAY)
    return rows.select_related("round__term").annotate(has_own=Exists(own)).order_by("pk")


def _move(
    event: Handing,
    rows: QuerySet[Post] | QuerySet[OutreachRequest] | QuerySet[Placement],
    column: str,
    verb: str,
    *,
    by: User | None,
) -> None:
    """Each row's own history says it, too: whoever reads the placement finds why its school has another name."""
    going = list(rows)
    event.move(rows.model._default_manager.filter(pk__in=[row.pk for row in going]), column)
    for row in going:
        audit.record(
            verb, row, by=by, before={column: event.school.name}, after={column: event.target.name, "from": event.on}
        )
