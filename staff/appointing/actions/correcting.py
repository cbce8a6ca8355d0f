"""What was got wrong of an appointment: its stage before it is held, its facts afterwards (R-2.1, R-1.4, R-2.2)."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.words import say, say_later
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.appointing import rules
from staff.appointing.actions import taking_back
from staff.appointing.actions.candidates import lock
from staff.appointing.lifecycle import Result
from staff.appointing.models import Assessment, Candidature
from staff.openings import actions as openings
from staff.openings.lifecycle import OpeningStatus
from staff.openings.models import Opening
from staff.openings.rules import decision_problems
from staff.posts.events import CORRECTING, Correcting, correcting_facts
from staff.posts.lifecycle import CORRECTED, CORRECTIONS, POST_KNOWN, SOURCES, PostStatus
from staff.posts.models import Post
from staff.posts.rules import pass_problems

NOT_PASSED = {"passed_on": None, "assessor": ""}


@dataclass(frozen=True)
class Facts:
    """Everything that the page can put right of a post that is held."""

    fte: Decimal
    starts_on: date
    first_post: bool
    management_duties: str
    passed_on: date
    assessor: str
    governors_decided_on: date | None
    governors_minute: str
    responsible_for: str

    @classmethod
    def of(cls, post: Post) -> "Facts":
        """As they are recorded; no decision where the post is older than this service."""
        own = {each.name: getattr(post, each.name) for each in fields(cls) if each.name not in DECISION}
        opening = post.opening or Opening()
        return cls(**own, **{name: getattr(opening, name) for name in DECISION})

    @property
    def decision(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in DECISION}


DECISION = ("governors_decided_on", "governors_minute", "responsible_for")


def problems(*, post: Post, facts: Facts, reason: str) -> list[Problem]:
    """Why it cannot be corrected so: for the page that asks, and for the action."""
    if post.status not in POST_KNOWN or post.starts_on is None:
        return [Problem(say("Only of an AST who is or was in post can this be corrected"), "", "R-2.1", "not-in-post")]
    found = pass_problems(passed_on=facts.passed_on, assessor=facts.assessor, starts_on=facts.starts_on, today=today())
    if not Decimal("0.1") <= facts.fte <= 1:
        found.append(Problem("Enter a full-time equivalent from 0.1 to 1, such as 0.6", "fte", "R-2.3", "range"))
    if post.opening is not None or any(facts.decision.values()):
        found += decision_problems(
            decided_on=facts.governors_decided_on,
            minute=facts.governors_minute,
            responsible_for=facts.responsible_for,
            starts_on=facts.starts_on,
            today=today(),
        )
    if post.ends_on is not None and facts.starts_on > post.ends_on:
        words = "The first day in post must be on or before the last one. Correct the last day first."
        found.append(Problem(words, "starts_on", "R-3.16", "after-end"))
    if not reason.strip():
        found.append(Problem("Enter why this is corrected", "reason", "R-2.1", "reason"))
    return found or rules.first_day_problems(starts_on=facts.starts_on, fixed=_fixed(post, facts))


@transaction.atomic
def facts(*, post: Post, facts: Facts, reason: str, by: User) -> Post:
    """Put right what was entered of an appointment; the years' days follow, and the audit trail keeps both (R-2.1)."""
    locked = lock(post, allowed=is_coordinator(by))
    refuse(problems(post=locked, facts=facts, reason=reason))
    before = Facts.of(locked)
    if before == facts:
        return locked
    changed = [each.name for each in fields(Facts) if getattr(before, each.name) != getattr(facts, each.name)]
    own = [name for name in changed if name not in DECISION]
    for name in own:
        setattr(locked, name, getattr(facts, name))
    locked.save(update_fields=own)
    if set(changed) & set(DECISION):
        _correct_decision(locked, facts, reason=reason, by=by)
    _correct_assessment(locked)
    if before.starts_on != facts.starts_on:
        _move_first_day_of_role(locked, before.starts_on, by=by)
    told = ({WORDS[name]: getattr(row, name) for name in own} for row in (before, facts))
    audit.record(CORRECTED, locked, by=by, reason=reason.strip(), before=next(told), after=next(told))
    fresh = Post.objects.select_related("user", "home").get(pk=locked.pk)
    CORRECTING.carry(Correcting(fresh, facts.starts_on, facts.fte, today()), by=by)
    return fresh


WORDS = {
    "fte": "full-time equivalent at the start",
    "starts_on": "in post from",
    "first_post": say_later("first AST post"),
    "management_duties": "management duties kept",
    "passed_on": "assessment passed on",
    "assessor": "assessment body",
}


@transaction.atomic
def stage(*, post: Post, stage: str, reason: str, by: User, on: date | None = None, body: str = "") -> Post:
    """R-2.1: the co-ordinator sets another stage of a candidate, back or forward, and says why.

    To “passed” it needs the date and the body of the assessment: only a pass gives AST status (R-2.2). Of somebody in
    post it takes the first day back.
    """
    locked = lock(post, allowed=is_coordinator(by))
    if not reason.strip():
        raise Refused([Problem("Enter why the stage is corrected", "reason", "R-2.1", "reason")])
    if (locked.status, stage) == (PostStatus.IN_POST, PostStatus.PASSED):
        return taking_back.first_day(post=locked, reason=reason, by=by)
    name = CORRECTIONS[PostStatus(stage)]
    if locked.status not in SOURCES[PostStatus(stage)]:
        raise Refused([gate.out_of_turn(locked, locked.machine.get(name).label)])
    changes: dict[str, Any] = dict(NOT_PASSED)
    if stage == PostStatus.PASSED:
        if on is None:
            raise Refused([Problem("Enter the date of the pass", "on", "R-2.2", "no-date")])
        decided = locked.opening.governors_decided_on if locked.opening else None
        refuse(rules.result_problems(on=on, body=body, not_before=decided, today=today()))
        changes = {"passed_on": on, "assessor": body.strip()}
    if locked.status == PostStatus.CLOSED:
        _open_again(locked, by=by, reason=reason)
    moved = gate.move(locked, name, by=by, may=is_coordinator, reason=reason.strip(), **changes)
    _follow(moved, stage)
    return moved


def _follow(post: Post, stage: str) -> None:
    """The assessments stand as the stage says."""
    mine = Assessment.objects.filter(post=post)
    if post.passed_on is not None:
        mine.create(post=post, on=post.passed_on, body=post.assessor, result=Result.PASS)
    elif stage == PostStatus.BOOKED:
        mine.filter(result=Result.PASS).update(result="")
    else:
        mine.filter(result__in=("", Result.PASS)).update(result=Result.VOID)
        Candidature.objects.filter(post=post).update(ended="")


def _open_again(post: Post, *, by: User, reason: str) -> None:
    """A candidature that was closed by mistake: the opening has this candidate again, if it has no other."""
    others = Post.objects.current().filter(user=post.user, home=post.home).exclude(pk=post.pk)
    if others.exists():
        words = f"{post.name} has another post at {post.home.name} now, so this one stays closed"
        raise Refused([Problem(words, "stage", "R-2.1", "another-post")])
    opening = post.opening
    if opening is None:
        return
    if opening.status in (OpeningStatus.SELECTED, OpeningStatus.FILLED):
        words = "Another candidate has this post now, so this candidature stays closed"
        raise Refused([Problem(words, "stage", "R-2.1", "another-candidate")])
    if opening.status == OpeningStatus.CLOSED:
        why = "The candidature goes on"
        opening = openings.correct(opening=opening, stage=OpeningStatus.APPROVED, reason=why, by=by)
    openings.select(opening=opening, by=by)


def _fixed(post: Post, facts: Facts) -> list[tuple[date, str]]:
    """What is recorded of the post on a day, by this floor and those above."""
    event = Correcting(post, facts.starts_on, facts.fte, today())
    found = [pair for ask in correcting_facts for pair in ask(event)]
    found += [(each.starts_on, "a change of hours") for each in post.hours.all()]
    found += [(each.on, "a move to another school") for each in post.moves.all()]
    return found + [(each.starts_on, "a time away") for each in post.absences.all()]


def _correct_decision(post: Post, facts: Facts, *, reason: str, by: User) -> None:
    said = facts.decision
    if post.opening is not None:
        openings.correct_decision(opening=post.opening, said=said, reason=reason, by=by)
        return
    assert facts.governors_decided_on is not None  # noqa: S101  (the rule has asked for it)
    opening = openings.opened_before(
        school=post.home,
        decided_on=facts.governors_decided_on,
        minute=facts.governors_minute,
        responsible_for=facts.responsible_for,
        reason=reason,
        by=by,
    )
    post.opening = openings.fill(opening=opening, reason=reason, by=by)
    post.save(update_fields=["opening"])


def _correct_assessment(post: Post) -> None:
    """Where the pass was recorded as an assessment, it says the same."""
    passed = post.assessments.filter(result=Result.PASS).last()
    if passed is not None and post.passed_on is not None:
        passed.on, passed.body = post.passed_on, post.assessor
        passed.save(update_fields=["on", "body"])


def _move_first_day_of_role(post: Post, before: date, *, by: User) -> None:
    """The role that began with the post begins with it."""
    mine = RoleAssignment.objects.filter(user=post.user, role=Role.AST, starts_on=before)
    for role in mine.exclude(ends_on__lt=post.starts_on):
        role.starts_on = post.starts_on
        role.save(update_fields=["starts_on"])
        told = {"role": str(role), "from": before}, {"role": str(role), "from": post.starts_on}
        audit.record("Role begins with the post", post.user, by=by, before=told[0], after=told[1])
