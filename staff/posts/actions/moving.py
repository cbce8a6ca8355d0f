"""An AST moves to another home school from a day on: the post goes on there (R-17.7, decision 19)."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.words import say
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.posts import emails, rules
from staff.posts.events import MOVING, Moving, moving_facts
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post, PostMove


def problems(*, post: Post, home: School, on: date) -> list[Problem]:
    """Why it cannot be recorded so: for the page that asks, for the action, and once more on the day."""
    if post.status != PostStatus.IN_POST:
        return [Problem(say("Only an AST who is in post can move to another school"), "", "R-17.7", "not-in-post")]
    found = rules.moving_problems(spell=post.spell, on=on, today=today(), same=home == post.home)
    if not home.is_open:
        found.append(Problem(f"{home.name} is not open. Choose another school.", "home", "R-17.7", "closed"))
    there = Post.objects.current().filter(user=post.user, home=home).exclude(pk=post.pk)
    if there.exists():
        words = f"{post.name} has {say('another AST')} post at {home.name} already"
        found.append(Problem(words, "home", "R-2.1", "another-post"))
    event = Moving(post, post.home, home, on, today())
    return found or [problem for fact in moving_facts for problem in fact(event)]


@transaction.atomic
def record(*, post: Post, home: School, on: date, by: User) -> PostMove | None:
    """The post is the new school's from that day; one that is to come is carried out in that day's first hours.

    Said again before the day, it changes what was said. None: the post is at that school already (sent twice).
    """
    locked = _lock(post, by)
    if locked.moves.filter(home=home, on=on, left__isnull=False, done=True).exists() and locked.home == home:
        return None
    refuse(problems(post=locked, home=home, on=on))
    coming = locked.moves.filter(done=False).first()
    if coming is not None and (coming.home, coming.on) == (home, on):
        return coming
    before = {"home school": coming.home.name, "from": coming.on} if coming else {"home school": locked.home.name}
    move = coming or PostMove(post=locked)
    move.left, move.home, move.on = locked.home, home, on
    move.save()
    audit.record("Move recorded", locked, by=by, before=before, after={"home school": home.name, "from": on})
    emails.moves(move, by=by)
    if on <= today():
        _carry_out(move, by=by)
    return move


@transaction.atomic
def take_back(*, move: PostMove, reason: str, by: User) -> Post:
    """A move to come does not come. One that has been carried out is put right by another move."""
    locked = _lock(move.post, by)
    held = locked.moves.filter(pk=move.pk, done=False).select_related("home", "left").first()
    if held is None:
        raise Refused([Problem("This move has been carried out or is gone. Record another one.", "", "R-17.7", "done")])
    if not reason.strip():
        raise Refused([Problem("Enter a short reason", "reason", "R-17.7")])
    told = {"home school": held.home.name, "from": held.on}
    audit.record("Move taken back", locked, by=by, reason=reason, before=told, after={"home school": locked.home.name})
    emails.stays(held, by=by)
    held.delete()
    return locked


def move_due(on: date) -> int:
    """Nightly: moves whose day has come; how many. One that is refused meanwhile is looked at again. Repeat-safe."""
    due = PostMove.objects.filter(done=False, on__lte=on, post__status=PostStatus.IN_POST)
    return each(due, _move_due)


def _move_due(move: PostMove) -> bool:
    post = Post.objects.locked(move.post_id)
    held = post.moves.select_related("home", "left").filter(pk=move.pk, done=False).first()
    if held is None or held.on > today():
        return False  # somebody has taken it back or changed it meanwhile
    refuse(problems(post=post, home=held.home, on=held.on))
    _carry_out(held, by=None)
    return True


def _carry_out(move: PostMove, *, by: User | None) -> None:
    post = Post.objects.select_related("user", "home").get(pk=move.post_id)
    old = post.home
    post.home = move.home
    post.save(update_fields=["home"])
    move.left, move.done = old, True
    move.save(update_fields=["left", "done"])
    _move_role(post, old, move, by=by)
    after = {"home school": move.home.name, "from": move.on}
    audit.record("Moved to another home school", post, by=by, before={"home school": old.name}, after=after)
    MOVING.carry(Moving(post, old, move.home, move.on, today()), by=by)


def _move_role(post: Post, old: School, move: PostMove, *, by: User | None) -> None:
    """The role AST is held at the new school from the day; before it, at the old one."""
    eve = move.on - timedelta(days=1)
    held = RoleAssignment.objects.not_over(move.on).filter(Q(school=old), user=post.user, role=Role.AST)
    for role in held.order_by("pk"):
        last = role.ends_on
        if role.starts_on is not None and role.starts_on > eve:
            role.delete()
        else:
            role.ends_on = eve
            role.save(update_fields=["ends_on"])
        given = {"user": post.user, "role": Role.AST, "school": move.home}
        if not RoleAssignment.objects.not_over(move.on).filter(**given).exists():
            RoleAssignment.objects.create(**given, starts_on=move.on, ends_on=last)
        before, after = {"school": old.name, "last day": eve}, {"school": move.home.name, "from": move.on}
        audit.record("Role moved with the post", post.user, by=by, before=before, after=after)


def _lock(post: Post, by: User) -> Post:
    if not is_coordinator(by):
        raise PermissionDenied("move a post to another school")
    return Post.objects.locked(post.pk)
