"""An AST leaves the post: recorded before or after, changed, taken back; moved by the night (R-3.16, R-17.7)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_office
from staff.posts import rules
from staff.posts.events import LEAVING, Leaving, leaving_facts
from staff.posts.lifecycle import Destination, PostStatus
from staff.posts.models import Post

HELD = (PostStatus.IN_POST, PostStatus.LEFT)
"""Of these a last day can be said, or put right."""


def problems(*, post: Post, last_day: date, destination: str, reason: str) -> list[Problem]:
    """Why it cannot be recorded so: for the page that asks, and for the action."""
    if post.status not in HELD:
        return [Problem(say("Only an AST who is in post can leave it"), "", "R-3.16", "not-in-post")]
    other = destination == Destination.OTHER
    found = rules.leaving_problems(
        spell=post.spell, last_day=last_day, today=today(), destination=destination, reason=reason, other=other
    )
    event = Leaving(post, last_day, today())
    return found or [problem for fact in leaving_facts for problem in fact(event)]


@transaction.atomic
def record(*, post: Post, last_day: date, destination: str, reason: str, by: User) -> Post:
    """Note the last day, where to and why; whatever hangs on the post is carried or left to decide, as its page says.

    The AST is in post until then; the night after makes the move. A day that has passed makes it at once. Said again,
    it changes what was said; with the same answers nothing.
    """
    locked = _lock(post, by)
    refuse(problems(post=locked, last_day=last_day, destination=destination, reason=reason))
    said = {"ends_on": last_day, "left_to": destination, "left_because": " ".join(reason.split())}
    before = {name: getattr(locked, name) for name in said}
    if before == said:
        return locked
    gone = locked.status == PostStatus.LEFT
    if gone and last_day >= today():
        locked = _stay(locked, by, reason)
    _write(locked, said, before, "Leaving recorded", by=by, reason=reason)
    _move_last_day_of_role(locked, before["ends_on"], last_day, by=by)
    LEAVING.carry(Leaving(locked, last_day, today()), by=by)
    if last_day < today() and locked.status == PostStatus.IN_POST:
        gate.move(locked, "leave", by=by, may=is_office, reason=reason)
    return locked


@transaction.atomic
def take_back(*, post: Post, reason: str, by: User) -> Post:
    """The AST stays: the post goes on without a last day, and so does the role. What was called off stays so."""
    locked = _lock(post, by)
    if not reason.strip():
        raise Refused([Problem(say("Enter why the AST stays"), "reason", "R-3.16")])
    if locked.ends_on is None:
        raise Refused([Problem("No last day is recorded, so there is nothing to take back", "", "R-3.16", "no-day")])
    said: dict[str, Any] = {"ends_on": None, "left_to": "", "left_because": ""}
    before = {name: getattr(locked, name) for name in said}
    if locked.status == PostStatus.LEFT:
        locked = _stay(locked, by, reason)
    _write(locked, said, before, "Leaving taken back", by=by, reason=reason)
    _move_last_day_of_role(locked, before["ends_on"], None, by=by)
    LEAVING.carry(Leaving(locked, None, today()), by=by)
    return locked


def leave_due(on: date) -> int:
    """Nightly: whose last day has passed has left; how many. Repeat-safe."""
    over = Post.objects.filter(status=PostStatus.IN_POST, ends_on__lt=on)
    return each(over, lambda post: gate.move(post, "leave", by=None, reason="The last day has passed", problems=_over))


def _over(post: Post) -> list[Problem]:
    """Somebody may have changed the day between the list and the lock."""
    if post.ends_on is not None and post.ends_on < today():
        return []
    return [Problem("The last day has not passed", code="not-yet")]


def _lock(post: Post, by: User) -> Post:
    if not is_office(by):
        raise PermissionDenied(say("record that an AST leaves"))
    return Post.objects.locked(post.pk)


def _stay(post: Post, by: User, reason: str) -> Post:
    """Back in post; refused where the same post has been opened anew meanwhile."""
    others = Post.objects.current().filter(user=post.user, home=post.home).exclude(pk=post.pk)
    if others.exists():
        words = f"{post.name} has another post at {post.home.name} now, so this one stays ended"
        raise Refused([Problem(words, "last_day", "R-2.1", "another-post")])
    return gate.move(post, "stay", by=by, may=is_office, reason=reason)


def _write(post: Post, said: dict[str, Any], before: dict[str, Any], verb: str, *, by: User, reason: str) -> None:
    for name, value in said.items():
        setattr(post, name, value)
    post.save(update_fields=list(said))
    words = {"ends_on": "last day", "left_to": "destination", "left_because": "why"}
    changed = [name for name in said if before[name] != said[name]]
    audit.record(
        verb,
        post,
        by=by,
        reason=reason,
        before={words[name]: before[name] for name in changed},
        after={words[name]: said[name] for name in changed},
    )


def roles_of(post: Post, *, ends_on: date | None) -> list[RoleAssignment]:
    """The role that the post brought, where it ends on that day (None: goes on) and no other post needs it."""
    held = RoleAssignment.objects.filter(Q(school=post.home) | Q(school=None), user=post.user, role=Role.AST)
    return list(held.filter(ends_on=ends_on).order_by("pk"))


def _move_last_day_of_role(post: Post, before: date | None, last_day: date | None, *, by: User) -> None:
    """The role AST ends with the post; the account stays, and opens nothing if there is no other role."""
    for role in roles_of(post, ends_on=before):
        open_already = RoleAssignment.objects.filter(user=post.user, role=Role.AST, school=role.school, ends_on=None)
        if last_day is None and open_already.exists():
            continue
        if last_day is not None and role.starts_on is not None and last_day < role.starts_on:
            role.starts_on = last_day
        role.ends_on = last_day
        role.save(update_fields=["starts_on", "ends_on"])
        audit.record(
            "Role ended" if last_day else "Role goes on",
            post.user,
            by=by,
            before={"role": str(role), "last day": before},
            after={"role": str(role), "last day": last_day},
        )
