"""QA visits: planned, moved or cancelled, done, written up, shared, commented, closed (R-3.7, R-3.8)."""

from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import audit, gate, policy
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.reads.leading import leaders
from staff.quality import emails, permissions, rules
from staff.quality.lifecycle import QaStatus
from staff.quality.models import QaVisit


@transaction.atomic
def plan(*, post: Post, kind: str, on: date, visitor: User, by: User) -> QaVisit:
    """A visit to come; the AST and the own headteacher are told (N24). Somebody outside the group is refused."""
    locked = Post.objects.locked(post.pk)
    require(permissions.can_visit(by, locked), say("visit this AST"))
    refuse(_problems(locked, on, visitor))
    if QaVisit.objects.filter(post=locked, kind=kind, on=on).exclude(status=QaStatus.CANCELLED).exists():
        words = "This visit is planned already. Enter another day, or look at what is planned."
        raise Refused([Problem(words, "on", "R-3.7", "twice")])
    visit: QaVisit = QaVisit.objects.create(post=locked, kind=kind, on=on, visitor=visitor)
    event = audit.record("QA visit: planned", visit, by=by, after={"kind": kind, "on": on, "visitor": visitor.name})
    emails.planned(visit, version=event.pk)
    return visit


@transaction.atomic
def move(*, visit: QaVisit, on: date, visitor: User, by: User) -> QaVisit:
    """Another day or visitor while it is planned; the same people are told anew."""
    locked = _locked(visit)
    require(permissions.can_keep(by, locked), "move this visit")
    if locked.status != QaStatus.PLANNED:
        raise Refused([gate.out_of_turn(locked, "Change the day")])
    if (locked.on, locked.visitor_id) == (on, visitor.pk):
        return locked
    others = QaVisit.objects.filter(post=locked.post, kind=locked.kind, on=on).exclude(pk=locked.pk)
    if others.exclude(status=QaStatus.CANCELLED).exists():
        raise Refused([Problem("A visit of this kind is planned for that day already", "on", "R-3.7", "twice")])
    refuse(_problems(locked.post, on, visitor))
    before = {"on": locked.on, "visitor": locked.visitor.name}
    locked.on, locked.visitor = on, visitor
    locked.save(update_fields=["on", "visitor"])
    after = {"on": on, "visitor": visitor.name}
    event = audit.record("QA visit: moved", locked, by=by, before=before, after=after)
    emails.planned(locked, version=event.pk)
    return locked


@transaction.atomic
def cancel(*, visit: QaVisit, reason: str, by: User) -> QaVisit:
    """It does not take place."""
    if not reason.strip():
        raise Refused([Problem("Enter why it is cancelled", "reason", "R-3.7", "reason")])
    moved = gate.move(visit, "cancel", by=by, may=permissions.can_keep, reason=" ".join(reason.split()))
    emails.cancelled(moved)
    return moved


def record_done(*, visit: QaVisit, by: User) -> QaVisit:
    """It took place."""
    return gate.move(visit, "do", by=by, may=permissions.can_keep, problems=_not_yet)


@transaction.atomic
def write_up(*, visit: QaVisit, outcome: str, strengths: str, actions: str, by: User) -> QaVisit:
    """The report; until it is shared it can be written anew. Its words stand in no trail (section G*)."""
    locked = _locked(visit)
    require(permissions.can_keep(by, locked), "write this visit up")
    scale = scale_for(locked)
    refuse(rules.report_problems(outcome=outcome, strengths=strengths, actions=actions, scale=scale))
    said: dict[str, Any] = {"outcome": outcome, "strengths": strengths.strip(), "actions": actions.strip()}
    if locked.status != QaStatus.WRITTEN_UP:
        return gate.move(locked, "write_up", by=by, may=permissions.can_keep, **said)
    for name, text in said.items():
        setattr(locked, name, text)
    locked.save(update_fields=[*said])
    audit.record("QA visit: report changed", locked, by=by)
    return locked


@transaction.atomic
def share(*, visit: QaVisit, by: User) -> QaVisit:
    """The AST may read the report, and is told (N24)."""
    moved = gate.move(visit, "share", by=by, may=permissions.can_keep)
    emails.shared(moved)
    return moved


def comment(*, visit: QaVisit, comment: str, head_may_read: bool, by: User) -> QaVisit:
    """What the AST says of it, which may be nothing, and whether the own headteacher may read the report."""
    said: dict[str, Any] = {"comment": comment.strip(), "head_may_read": head_may_read}
    return gate.move(visit, "comment", by=by, may=permissions.can_comment, **said)


def close(*, visit: QaVisit, by: User) -> QaVisit:
    """Nothing is left to say."""
    return gate.move(visit, "close", by=by, may=permissions.can_keep)


def scale_for(visit: QaVisit) -> list[str]:
    """The authority’s scale, and the word that a report has already."""
    scale = policy.in_force().qa_scale
    return scale if not visit.outcome or visit.outcome in scale else [visit.outcome, *scale]


def _not_yet(visit: QaVisit) -> list[Problem]:
    return rules.done_problems(visit.on, today=today())


def _problems(post: Post, on: date, visitor: User) -> list[Problem]:
    now = today()
    may = {each.pk for each in leaders(post, now)}
    return [
        *rules.day_problems(on, today=now, starts_on=post.starts_on, ends_on=post.ends_on),
        *rules.visitor_problems(visitor.pk, ast=post.user_id, may=may),
    ]


def _locked(visit: QaVisit) -> QaVisit:
    found: QaVisit = QaVisit.objects.select_for_update(of=("self",)).whole().get(pk=visit.pk)
    return found
