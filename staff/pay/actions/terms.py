"""Allowances that an AST cannot hold, and how long the post runs (R-2.8, R-2.4)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.pay import emails, permissions, rules
from staff.pay.lifecycle import ContractKind, Decision
from staff.pay.models import AllowanceAnswer, PostContract
from staff.posts.models import Post


@transaction.atomic
def answer_allowances(*, post: Post, held: Collection[str], on: date, by: User) -> AllowanceAnswer:
    """What the teacher holds from that day, or that it is nothing; said anew when one is given up (R-2.8)."""
    locked = _lock(post, by)
    refuse(rules.allowance_problems(held=held, on=on, today=today()))
    last = locked.allowances.filter(on__lte=on).order_by("-on").first()
    if last is not None and set(last.held) == set(held) and last.on == on:
        return last
    before = {"held": last.words, "from": last.on} if last else {}
    said = {"held": tuple(held), "recorded_by": by}
    row, _ = AllowanceAnswer.objects.update_or_create(post=locked, on=on, defaults=said)
    audit.record("Allowances recorded", locked, by=by, before=before, after={"held": row.words, "from": on})
    return row


@transaction.atomic
def record_contract(*, post: Post, kind: str, ends_on: date | None, depends_on_funding: bool, by: User) -> PostContract:
    """Permanent, or until when, and whether that hangs on extra money; said again, it puts right what was said."""
    locked = _lock(post, by)
    refuse(rules.contract_problems(kind=kind, ends_on=ends_on, first=locked.starts_on, today=today()))
    said = {
        "kind": kind,
        "ends_on": ends_on if kind == ContractKind.FIXED else None,
        "depends_on_funding": depends_on_funding,
    }
    held = PostContract.objects.filter(post=locked).first()
    if held and all(getattr(held, name) == value for name, value in said.items()):
        return held
    return _write(locked, held, "Contract recorded", {**said, "ending_decided_on": None}, by=by)


@transaction.atomic
def decide_ending(*, post: Post, decision: str, extended_to: date | None, seen: date, by: User) -> PostContract:
    """What becomes of a fixed term: it goes on until later, for good, or ends (R-2.4). `seen` is the last day shown."""
    locked = _lock(post, by)
    held = PostContract.objects.filter(post=locked, kind=ContractKind.FIXED).first()
    if held is None or held.ends_on is None or held.ends_on != seen:
        words = "The contract has been changed meanwhile. Look at it, and decide then."
        raise Refused([Problem(words, "", "R-2.4", "changed")])
    refuse(rules.decision_problems(decision=decision, extended_to=extended_to, ends_on=held.ends_on, today=today()))
    outcomes: dict[Decision, dict[str, Any]] = {
        Decision.EXTENDED: {"ends_on": extended_to, "ending_decided_on": None},
        Decision.PERMANENT: {"kind": ContractKind.PERMANENT, "ends_on": None, "ending_decided_on": None},
        Decision.ENDS: {"ending_decided_on": held.ending_decided_on or today()},
    }
    return _write(locked, held, f"Fixed term: {Decision(decision).label.lower()}", outcomes[Decision(decision)], by=by)


def remind(on: date) -> int:
    """N27, nightly: terms that end within 90 days and wait for a decision; each is told of once. Repeat-safe."""
    due = PostContract.objects.due(on + rules.DUE_BEFORE).select_related("post__user", "post__home")
    return each(due, emails.funding_decision_due)


WORDS = {
    "kind": "kind",
    "ends_on": "last day of the term",
    "depends_on_funding": "depends on extra funding",
    "ending_decided_on": "decided that it ends then, on",
}


def _write(post: Post, held: PostContract | None, verb: str, said: dict[str, Any], *, by: User) -> PostContract:
    before = {name: getattr(held, name) for name in said} if held else {}
    changed = [name for name in said if held is None or before[name] != said[name]]
    row, _ = PostContract.objects.update_or_create(post=post, defaults=said)
    audit.record(
        verb,
        post,
        by=by,
        before={WORDS[name]: before[name] for name in changed if held},
        after={WORDS[name]: said[name] for name in changed},
    )
    return row


def _lock(post: Post, by: User) -> Post:
    found: Post = Post.objects.locked(post.pk)
    if not permissions.can_keep(by, found):
        raise PermissionDenied(say("record an AST's allowances or contract"))
    return found
