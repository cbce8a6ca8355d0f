"""What an observation between two ASTs needs: pure functions (R-3.14). Nothing here grades anybody."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.words import say
from staff.peers.lifecycle import PeerKind, PeerStatus

if TYPE_CHECKING:
    from staff.posts.models import Post

RULE = "R-3.14"
FAR = 366
"""Days ahead beyond which a day is a slip of the pen†."""
Offer = tuple[str, Collection[str]]
"""The phase of an AST's school, and the AST's subjects."""


def kind_of(one: Offer, other: Offer) -> PeerKind | None:
    """The same subject before another phase; None where neither brings the two together.

    >>> kind_of(("primary", {"music"}), ("secondary", {"music", "art"})).label
    'Same subject'
    """
    if set(one[1]) & set(other[1]):
        return PeerKind.SUBJECT
    return PeerKind.PHASE if one[0] != other[0] else None


def proposal_problems(*, found: bool, oneself: bool, kind: PeerKind | None, focus: str) -> list[Problem]:
    """Somebody else who is an AST in post, of the same subject or another phase, and what to look at."""
    problems = []
    if not found:
        problems.append(Problem(say("No other AST in post has this address"), "email", RULE, "unknown"))
    elif oneself:
        problems.append(Problem(say("Enter the address of another AST"), "email", RULE, "oneself"))
    elif kind is None:
        words = say("You teach other subjects in the same phase. Ask an AST of your subject, or of another phase.")
        problems.append(Problem(words, "email", RULE, "pair"))
    if not focus.strip():
        problems.append(Problem("Enter what is to be looked at", "focus", RULE, "missing"))
    return problems


def booking_problems(status: str, on: date, posts: Sequence["Post"], *, today: date) -> list[Problem]:
    """Both have agreed; the day lies ahead, not too far, and both are in post on it."""
    if status == PeerStatus.REFUSED:
        return [Problem("Consent was refused, so no day can be booked", "", RULE, "refused")]
    if status == PeerStatus.PROPOSED:
        return [Problem(say("The other AST has not agreed yet, so no day can be booked"), "", RULE, "consent")]
    if on < today:
        return [Problem("The day must be today or later", "on", RULE, "past")]
    if (on - today).days > FAR:
        return [Problem("The day is more than a year ahead. Check the year.", "on", RULE, "far")]
    away = [post for post in posts if not post.is_in_post(on)]
    return [Problem("One of you is not in post on that day. Enter another day.", "on", RULE, "post")] if away else []


def done_problems(on: date | None, *, today: date) -> list[Problem]:
    """What lies ahead has not taken place."""
    if on is None or on > today:
        return [Problem("The day is still to come. Change the day first.", "", RULE, "early")]
    return []
