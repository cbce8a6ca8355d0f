"""Which posts bring two ASTs together, and what the page of an observation says (R-3.14)."""

from datetime import date
from itertools import product
from typing import Any

from staff.accounts.models import User
from staff.peers.lifecycle import PeerKind
from staff.peers.models import PeerObservation
from staff.peers.rules import kind_of
from staff.posts.models import Post

Rows = list[tuple[str, Any]]
Pair = tuple[Post | None, Post | None, PeerKind | None]


def pair(one: User, other: User | None, today: date) -> Pair:
    """A post of each in which they may observe each other; any two where no two posts do. Four queries at most."""
    mine = list(Post.objects.in_post(today).filter(user=one).select_related("home").prefetch_related("expertise"))
    of_other = Post.objects.in_post(today).filter(user=other) if other else Post.objects.none()
    theirs = list(of_other.select_related("home").prefetch_related("expertise"))
    found = [(a, b, kind_of(_offer(a), _offer(b))) for a, b in product(mine, theirs)]
    fitting = [each for each in found if each[2] is not None]
    best = min(fitting, key=lambda each: each[2] != PeerKind.SUBJECT, default=None)
    return best or (next(iter(mine), None), next(iter(theirs), None), None)


def _offer(post: Post) -> tuple[str, set[str]]:
    return post.home.phase, {each.subject for each in post.expertise.all()}


def facts_of(row: PeerObservation) -> Rows:
    """What the two have agreed on."""
    return [
        ("Watches", f"{row.observer.name}, {row.observer.home.name}"),
        ("Is watched", f"{row.observed.name}, {row.observed.home.name}"),
        ("What brings you together", row.get_kind_display()),
        ("What is looked at", row.focus),
        ("Day", row.on or "Not booked yet"),
    ]


def notes_of(row: PeerObservation) -> Rows:
    """Both's, for both."""
    return [
        (row.observer.name, row.observer_notes or "Nothing yet"),
        (row.observed.name, row.observed_notes or "Nothing yet"),
    ]
