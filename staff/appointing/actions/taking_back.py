"""The first day in post was recorded by mistake: the candidate has passed, and is not in post yet (R-2.1)."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.openings import actions as openings
from staff.openings.lifecycle import OpeningStatus
from staff.posts.actions.leaving import roles_of
from staff.posts.events import TAKEN_BACK, TakenBack, taken_back_facts
from staff.posts.lifecycle import CORRECTIONS, PostStatus
from staff.posts.models import Post


def problems(post: Post) -> list[Problem]:
    """What hangs on the post already: then it was held, and ends with a last day."""
    event = TakenBack(post, today())
    found = [problem for fact in taken_back_facts for problem in fact(event)]
    if post.ends_on is not None:
        found.append(Problem("A last day is recorded. Take the leaving back first.", "stage", "R-2.1", "leaves"))
    changes: dict[str, QuerySet[Any]] = {
        "a change of hours": post.hours.all(),
        "a move to another school": post.moves.all(),
        "a time away": post.absences.all(),
    }
    for what, rows in changes.items():
        if rows.exists():
            words = f"Of {say('this AST')} {what} is recorded. Record instead that {say('the AST')} leaves."
            found.append(Problem(words, "stage", "R-2.1", "held"))
    return found


def first_day(*, post: Post, reason: str, by: User) -> Post:
    """Back to “passed”; the assessment stands, the opening has its candidate again. `post` is locked."""
    refuse(problems(post))
    back = CORRECTIONS[PostStatus.PASSED]
    moved = gate.move(post, back, by=by, may=is_coordinator, reason=reason.strip(), starts_on=None)
    if moved.opening is not None and moved.opening.status == OpeningStatus.FILLED:
        openings.unfill(opening=moved.opening, reason="The candidate is not in post yet", by=by)
    _end_role(moved, by=by)
    TAKEN_BACK.carry(TakenBack(moved, today()), by=by)
    return moved


def _end_role(post: Post, *, by: User) -> None:
    """The role that came with the post opens nothing any more; the account stays.

    It ends before the pass, so that no first day that may be recorded later finds it in force.
    """
    before_pass = (post.passed_on or today()) - timedelta(days=1)
    for role in (each for each in roles_of(post, ends_on=None) if each.school_id == post.home_id):
        told = {"role": str(role), "from": role.starts_on, "last day": None}
        role.starts_on = role.ends_on = before_pass
        role.save(update_fields=["starts_on", "ends_on"])
        after = {"role": str(role), "from": before_pass, "last day": before_pass}
        audit.record("Role taken back with the post", post.user, by=by, before=told, after=after)
