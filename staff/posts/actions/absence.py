"""An AST is away from the post for a while and comes back: the post goes on (R-17.7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts import rules
from staff.posts.events import AWAY, Away
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post, PostAbsence


def problems(
    *, post: Post, starts_on: date, ends_on: date | None, kind: str = "", absence: PostAbsence | None = None
) -> list[Problem]:
    """Why it cannot be recorded so: for the page that asks, and for the action."""
    if post.status != PostStatus.IN_POST:
        return [Problem(say("Only an AST who is in post can be away from it"), "", "R-17.7", "not-in-post")]
    others = [each for each in post.absences.all() if absence is None or each.pk != absence.pk]
    spans = [(each.starts_on, each.ends_on) for each in others]
    return rules.absence_problems(spell=post.spell, starts_on=starts_on, ends_on=ends_on, others=spans, today=today())


@transaction.atomic
def record(
    *,
    post: Post,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    by: User,
    absence: PostAbsence | None = None,
    decisions: Mapping[str, str] | None = None,
) -> PostAbsence:
    """From when until when, if that is known; an `absence` that is recorded is changed, also to say the last day.

    What lies in that time goes as `decisions` say by its key (R-20.4): days are called off where nothing is said. The
    year's days stay, unless the hours are changed, too.
    """
    locked = _lock(post, by)
    said: dict[str, Any] = {"kind": kind, "starts_on": starts_on, "ends_on": ends_on}
    if there := locked.absences.filter(**said).first():
        return there
    held = locked.absences.filter(pk=absence.pk).first() if absence else None
    refuse(problems(post=locked, absence=held, **said))
    before = {"from": held.starts_on, "until": held.ends_on} if held else {}
    held = held or PostAbsence(post=locked)
    for name, value in said.items():
        setattr(held, name, value)
    held.save()
    # Why somebody is away stands in no trail that others read.
    audit.record("Time away recorded", locked, by=by, before=before, after={"from": starts_on, "until": ends_on})
    AWAY.carry(Away(locked, starts_on, ends_on, today(), decisions or {}), by=by)
    return held


@transaction.atomic
def remove(*, absence: PostAbsence, reason: str, by: User) -> Post:
    """It was recorded by mistake. Days that were called off stay so."""
    locked = _lock(absence.post, by)
    held = locked.absences.filter(pk=absence.pk).first()
    if held is None:
        raise Refused([Problem("This time away is gone already", "", "R-17.7", "gone")])
    if not reason.strip():
        raise Refused([Problem("Enter a short reason", "reason", "R-17.7")])
    before = {"from": held.starts_on, "until": held.ends_on}
    held.delete()
    audit.record("Time away removed", locked, by=by, reason=reason, before=before)
    return locked


@transaction.atomic
def decided(*, absence: PostAbsence, by: User) -> PostAbsence:
    """The office has settled what becomes of the placements of that time: nothing asks any more. Twice is once."""
    locked = _lock(absence.post, by)
    held = locked.absences.get(pk=absence.pk)
    if held.decided_on is None:
        held.decided_on = today()
        held.save(update_fields=["decided_on"])
        audit.record("Placements of the time away decided", locked, by=by, after={"on": held.decided_on})
    return held


def _lock(post: Post, by: User) -> Post:
    if not is_office(by):
        raise PermissionDenied(say("record that an AST is away"))
    return Post.objects.locked(post.pk)
