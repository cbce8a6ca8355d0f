"""The external assessment: booked, passed or not; and the first day in post (R-2.1, R-2.2, R-14.4)."""

from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, refuse
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.appointing import rules
from staff.appointing.actions.candidates import lock
from staff.appointing.lifecycle import Result
from staff.appointing.models import Assessment
from staff.appointing.reads import wanted
from staff.inductions.reads import before_assessment
from staff.posts.actions import beginning
from staff.posts.events import on_passed
from staff.posts.lifecycle import ASSESSED, BOOKED, ON_THE_WAY, PostStatus
from staff.posts.models import Post


@transaction.atomic
def book(*, post: Post, on: date, body: str, by: User) -> Assessment:
    """Book the assessment by the external body; said again before it is held, it moves it (R-2.2).

    The candidate was met before, where the authority requires it (R-3.1).
    """
    locked = lock(post, allowed=is_coordinator(by))
    found = rules.booking_problems(on=on, body=body, named_on=decided_on(locked), today=today())
    refuse([*found, *before_assessment(locked, on)])
    booked = locked.assessments.filter(result="").first()
    before = {"assessment": str(booked)} if booked else {}
    if booked is None:
        gate.move(locked, "book", by=by, may=is_coordinator)
        booked = Assessment(post=locked)
    booked.on, booked.body = on, body.strip()
    booked.save()
    audit.record(BOOKED, locked, by=by, before=before, after={"assessment": str(booked)})
    return booked


@transaction.atomic
def record_result(*, post: Post, passed: bool, on: date, body: str, note: str, by: User) -> Post:
    """Record a pass or a fail. Only a pass gives AST status, once and for all (R-2.2)."""
    locked = lock(post, allowed=is_coordinator(by))
    found = rules.result_problems(on=on, body=body, not_before=decided_on(locked), today=today())
    if locked.status == PostStatus.SECONDED:  # nothing was booked
        found += before_assessment(locked, on)
    refuse(found)
    result = Result.PASS if passed else Result.FAIL
    held: dict[str, Any] = {"on": on, "body": body.strip(), "note": note.strip(), "result": result}
    if passed:
        moved = gate.move(locked, "pass", by=by, may=is_coordinator, passed_on=on, assessor=held["body"])
    else:
        moved = gate.move(locked, "fail", by=by, may=is_coordinator)
    recorded, _ = Assessment.objects.update_or_create(post=moved, result="", defaults=held)
    audit.record(ASSESSED, moved, by=by, reason=recorded.note, after={"assessment": str(recorded)})
    if passed:
        for tell in on_passed:
            tell(moved, by)
    return moved


@transaction.atomic
def appoint(
    *,
    post: Post,
    starts_on: date,
    first_post: bool,
    management_duties: str,
    capacity_reason: str = "",
    by: User,
) -> Post:
    """The candidate who has passed is in post from a day on: role, invitation, induction, this year's days (R-2.1)."""
    locked = lock(post, allowed=is_coordinator(by))
    if locked.status in ON_THE_WAY:
        refuse(problems(post=locked, starts_on=starts_on))
    changes: dict[str, Any] = {
        "starts_on": starts_on,
        "first_post": first_post,
        "management_duties": management_duties.strip(),
    }
    moved = gate.move(locked, "appoint", by=by, may=is_coordinator, **changes)
    beginning.begin(moved, reason="The candidate is in post", by=by, capacity_reason=capacity_reason)
    return moved


def problems(*, post: Post, starts_on: date) -> list[Problem]:
    """What is wanted before the post is held, by this room and those above (requirements E)."""
    found = rules.start_problems(starts_on=starts_on, passed_on=post.passed_on, today=today())
    return [*found, *wanted(post)]


def decided_on(post: Post) -> date | None:
    """No assessment lies before the governors' decision."""
    return post.opening.governors_decided_on if post.opening else None
