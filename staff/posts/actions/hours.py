"""An AST's full-time equivalent changes from a day on, and a change to come is taken away (R-17.7)."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts import rules
from staff.posts.events import HOURS, NewHours
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post, PostHours


def problems(*, post: Post, fte: Decimal, starts_on: date) -> list[Problem]:
    """Why it cannot be recorded so: for the page that asks, and for the action."""
    if post.status != PostStatus.IN_POST:
        return [Problem(say("Only the hours of an AST who is in post can change"), "", "R-17.7", "not-in-post")]
    return rules.hours_problems(spell=post.spell, fte=fte, starts_on=starts_on, today=today())


@transaction.atomic
def record(*, post: Post, fte: Decimal, starts_on: date, by: User) -> Post:
    """Another full-time equivalent from that day until the next change; the years' days follow."""
    locked = _lock(post, by)
    if locked.hours.filter(starts_on=starts_on, fte=fte).exists():
        return locked
    refuse(problems(post=locked, fte=fte, starts_on=starts_on))
    before = locked.spell.fte_on(starts_on)
    PostHours.objects.update_or_create(post=locked, starts_on=starts_on, defaults={"fte": fte})
    _follow(locked, "Hours changed", starts_on, before, fte, by=by)
    return locked


@transaction.atomic
def take_away(*, hours: PostHours, reason: str, by: User) -> Post:
    """A change to come does not come. What has begun is changed by another change."""
    locked = _lock(hours.post, by)
    held = locked.hours.filter(pk=hours.pk).first()
    if held is None or held.starts_on <= today():
        raise Refused([Problem("This change has begun or is gone. Record another one instead.", "", "R-17.7", "begun")])
    if not reason.strip():
        raise Refused([Problem("Enter a short reason", "reason", "R-17.7")])
    held.delete()
    after = locked.spell.fte_on(held.starts_on)
    _follow(locked, "Change of hours taken away", held.starts_on, held.fte, after, by=by, reason=reason)
    return locked


def _lock(post: Post, by: User) -> Post:
    if not is_office(by):
        raise PermissionDenied(say("change an AST's hours"))
    return Post.objects.locked(post.pk)


def _follow(post: Post, verb: str, on: date, before: Decimal, after: Decimal, *, by: User, reason: str = "") -> None:
    told = {"full-time equivalent": before}, {"full-time equivalent": after, "from": on}
    audit.record(verb, post, by=by, reason=reason, before=told[0], after=told[1])
    HOURS.carry(NewHours(post, on, None, today()), by=by)
