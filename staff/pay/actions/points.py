"""The points that a school pays, year by year: recorded, put right, taken away by a person (R-2.10)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from schools.calendar.years import slug_on
from staff.accounts.models import User
from staff.pay import permissions, rules
from staff.pay.models import PayPoint
from staff.pay.reads.holding import range_on
from staff.posts.models import Post
from staff.posts.rules import day_problems


@transaction.atomic
def record(*, post: Post, point: int, starts_on: date, by: User) -> PayPoint:
    """The school pays this point from that day. Said again in the same words, nothing happens."""
    locked = _lock(post, by)
    if same := locked.pay_points.filter(point=point, starts_on=starts_on).first():
        return same
    refuse(_problems(locked, point, starts_on))
    row = PayPoint.objects.create(post=locked, point=point, starts_on=starts_on, recorded_by=by)
    audit.record("Pay point recorded", locked, by=by, after={"point": point, "from": starts_on})
    return row


@transaction.atomic
def correct(*, row: PayPoint, point: int, starts_on: date, reason: str, by: User) -> PayPoint:
    """A wrong entry is put right, and why is kept."""
    locked = _lock(row.post, by)
    held = _held(locked, row, reason)
    refuse(_problems(locked, point, starts_on, other_than=held))
    before = {"point": held.point, "from": held.starts_on}
    held.point, held.starts_on = point, starts_on
    held.save(update_fields=["point", "starts_on"])
    after = {"point": point, "from": starts_on}
    audit.record("Pay point corrected", locked, by=by, reason=reason, before=before, after=after)
    return held


@transaction.atomic
def take_away(*, row: PayPoint, reason: str, by: User) -> None:
    """An entry that should not be there. What held before holds again."""
    locked = _lock(row.post, by)
    held = _held(locked, row, reason)
    told = {"point": held.point, "from": held.starts_on}
    audit.record("Pay point taken away", locked, by=by, reason=reason, before=told)
    held.delete()


def _problems(post: Post, point: int, starts_on: date, other_than: PayPoint | None = None) -> list[Problem]:
    what = "The day from which it is paid"
    found = day_problems(starts_on, "starts_on", spell=post.spell, today=today(), what=what)
    holds = range_on(post, starts_on)
    year = slug_on(starts_on)
    others = [each.starts_on for each in post.pay_points.all() if each != other_than]
    return found or rules.point_problems(
        point=point,
        starts_on=starts_on,
        holds=holds.points if holds else None,
        year=year,
        same_year=[day for day in others if slug_on(day) == year],
    )


def _held(post: Post, row: PayPoint, reason: str) -> PayPoint:
    if not reason.strip():
        raise Refused([Problem("Enter a short reason", "reason", "R-2.10", "missing")])
    held = post.pay_points.filter(pk=row.pk).first()
    if held is None:
        words = "Somebody has taken this point away meanwhile. Go back and look again."
        raise Refused([Problem(words, "", "R-2.10", "gone")])
    return held


def _lock(post: Post, by: User) -> Post:
    found: Post = Post.objects.locked(post.pk)
    if not permissions.can_keep(by, found):
        raise PermissionDenied(say("record an AST's pay point"))
    return found
