"""Inductions: the meeting before the assessment is logged, the steps after the pass are ticked (R-3.1, R-3.2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import audit, policy
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.wording import date_words, listed
from staff.accounts.models import User
from staff.inductions import permissions, rules
from staff.inductions.models import InductionMeeting
from staff.posts.actions.beginning import open_induction
from staff.posts.lifecycle import POST_OVER, PostStatus
from staff.posts.models import InductionItem, Post
from staff.posts.reads.leading import leaders

LOGGED, CHANGED, REMOVED = (f"Meeting before the assessment {done}" for done in ("logged", "changed", "taken away"))
VERBS = (LOGGED, CHANGED, REMOVED)
"""What of an AST's history is no administrator's (section G*)."""
TICKED, UNTICKED = "Induction recorded", "Step of the induction taken back"


@dataclass(frozen=True)
class Held:
    """A meeting as it was held."""

    on: date
    led_by: User
    head: str
    line_manager: str
    shared: Collection[str]
    others: str = ""


@transaction.atomic
def log(*, post: Post, held: Held, by: User) -> InductionMeeting:
    """Somebody has met the candidate with the line manager and the headteacher (R-3.1)."""
    locked = _locked(post, by)
    meeting = InductionMeeting(post=locked, **_columns(held))
    _check(meeting)
    meeting.save()
    audit.record(LOGGED, locked, by=by, after=_told(meeting))
    return meeting


@transaction.atomic
def change(*, meeting: InductionMeeting, held: Held, by: User) -> InductionMeeting:
    """What was logged was wrong, or is not all."""
    locked = _locked(meeting.post, by)
    found = InductionMeeting.objects.whole().get(pk=meeting.pk)
    before = _told(found)
    for name, value in _columns(held).items():
        setattr(found, name, value)
    after = _told(found)
    if before == after:
        return found
    _check(found)
    _keep_met(locked, [*_others(found), found])
    found.save()
    audit.record(CHANGED, locked, by=by, before=before, after=after)
    return found


@transaction.atomic
def remove(*, meeting: InductionMeeting, reason: str, by: User) -> None:
    """It was not held, or stands there twice."""
    locked = _locked(meeting.post, by)
    if not reason.strip():
        raise Refused([Problem("Enter why it is taken away", "reason", "R-3.1", "reason")])
    found = InductionMeeting.objects.whole().get(pk=meeting.pk)
    _keep_met(locked, _others(found))
    audit.record(REMOVED, locked, by=by, reason=reason.strip(), before=_told(found))
    found.delete()


@transaction.atomic
def tick(*, post: Post, done: Collection[str], on: date, by: User) -> Post:
    """These steps were gone through with the AST on that day (R-3.2)."""
    locked = _locked(post, by)
    refuse(rules.step_problems(steps=done, on=on, passed_on=locked.passed_on, today=today()))
    open_induction(locked)
    items = list(InductionItem.objects.filter(post=locked, step__in=done).select_related("done_by"))
    if twice := [f"“{item}” on {date_words(item.done_on)}" for item in items if item.done_on]:
        words = f"Recorded already: {listed(twice)}. Take it back first if it is wrong."
        raise Refused([Problem(words, "done", "R-3.2", "twice")])
    InductionItem.objects.filter(pk__in=[item.pk for item in items]).update(done_on=on, done_by=by)
    audit.record(TICKED, locked, by=by, after={str(item): date_words(on) for item in items})
    return locked


@transaction.atomic
def take_back(*, item: InductionItem, reason: str, by: User) -> InductionItem:
    """A step was ticked by mistake; it is to be gone through (R-3.2)."""
    locked = _locked(item.post, by)
    if not reason.strip():
        raise Refused([Problem("Enter why it is taken back", "reason", "R-3.2", "reason")])
    found: InductionItem = InductionItem.objects.select_related("done_by").get(pk=item.pk)
    if found.done_on is None or found.done_by is None:
        raise Refused([Problem("This step is to be gone through: there is nothing to take back", "", "R-3.2", "twice")])
    before = {str(found): f"{date_words(found.done_on)}, by {found.done_by.name}"}
    found.done_on = found.done_by = None
    found.save(update_fields=["done_on", "done_by"])
    audit.record(UNTICKED, locked, by=by, reason=reason.strip(), before=before, after={str(found): "not done"})
    return found


def _columns(held: Held) -> dict[str, Any]:
    """As the columns of a meeting."""
    texts = {name: " ".join(getattr(held, name).split()) for name in ("head", "line_manager", "others")}
    return {"on": held.on, "led_by": held.led_by, "shared": tuple(held.shared), **texts}


def _locked(post: Post, by: User) -> Post:
    locked = Post.objects.locked(post.pk)
    require(permissions.can_keep(by, locked), "keep this induction")
    if locked.status in POST_OVER:
        raise Refused([Problem("This post is over. Its induction stays as it is recorded.", "", "R-3.2", "over")])
    return locked


def _check(meeting: InductionMeeting) -> None:
    now = today()
    may = {each.pk for each in leaders(meeting.post, now)} | set(_led(meeting))
    refuse(rules.meeting_problems(meeting, leaders=may, today=now))
    if _others(meeting).filter(on=meeting.on).exists():
        words = "A meeting on that day is logged already. Change that one, or enter another day."
        raise Refused([Problem(words, "on", "R-3.1", "twice")])


def _led(meeting: InductionMeeting) -> Any:
    """Who led it as it is stored, in a role that may have ended since."""
    return InductionMeeting.objects.filter(pk=meeting.pk).values_list("led_by_id", flat=True)


def _others(meeting: InductionMeeting) -> Any:
    return InductionMeeting.objects.filter(post=meeting.post_id).exclude(pk=meeting.pk)


def _keep_met(post: Post, left: Any) -> None:
    """R-3.1: an assessment that is booked keeps the meeting that the authority requires before it."""
    if post.status == PostStatus.BOOKED and policy.in_force().meets_first and rules.met_on(list(left)) is None:
        words = "An assessment is booked, and needs this meeting. Log the right meeting first."
        raise Refused([Problem(words, "", "R-3.1", "booked")])


def _told(meeting: InductionMeeting) -> dict[str, Any]:
    return {
        "day": meeting.on,
        "led by": meeting.led_by.name,
        "headteacher": meeting.head,
        "line manager": meeting.line_manager,
        "others": meeting.others,
        "gone through": meeting.topics,
    }
