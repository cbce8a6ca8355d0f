"""Offers of development: posted, changed, closed, withdrawn; accepted, declined, taken back (R-3.12)."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.cpd import emails, permissions, rules
from staff.cpd.actions.log import CPD
from staff.cpd.lifecycle import AnswerStatus
from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer
from staff.posts.models import Post

SAID = ("kind", "title", "about", "on", "days", "places", "closes_on", "subject", "phase")
LOGGED = {"kind": "kind", "title": "what", "on": "on", "days": "days"}
"""Of these an entry of the log is made; when they change, it changes, and those who accepted are told."""


@transaction.atomic
def save(*, offer: CpdOffer | None = None, by: User, **said: Any) -> CpdOffer:
    """Post one, or change it; the entries of those who accepted follow. ASTs are told once that it is there."""
    row = _locked(offer) if offer else CpdOffer(posted_by=by)
    require(permissions.can_offer(by, said["subject"]), say("offer to these ASTs"))
    require(offer is None or permissions.can_keep_offer(by, row), "change this offer")
    _refuse_withdrawn(row)
    before = {name: getattr(row, name) for name in SAID} if offer else {}
    changed = [name for name in SAID if before.get(name) != said[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, said[name])
    refuse(rules.offer_problems(row, taken=_taken(row) if offer else 0, today=today()))
    row.save()
    event = audit.record(
        "CPD offer: changed" if offer else "CPD offer: posted",
        row,
        by=by,
        before={name: before[name] for name in changed if offer},
        after={name: said[name] for name in changed},
    )
    if offer and set(changed) & set(LOGGED):
        _follow(row, by=by, version=event.pk)
    if row.is_open(today()):
        emails.posted(row, _to_tell(row))
    return row


@transaction.atomic
def close(*, offer: CpdOffer, by: User) -> CpdOffer:
    """No answer is taken any more, from now; another last day opens it again."""
    row = _kept(offer, by)
    refuse(rules.open_problems(row, today=today()))
    before, row.closes_on = row.closes_on, today() - timedelta(days=1)
    row.save(update_fields=["closes_on"])
    audit.record("CPD offer: closed", row, by=by, before={"closes_on": before}, after={"closes_on": row.closes_on})
    return row


@transaction.atomic
def withdraw(*, offer: CpdOffer, reason: str, by: User) -> CpdOffer:
    """It does not take place: it goes off the logs of those who accepted, who are told."""
    row = _kept(offer, by)
    if not reason.strip():
        raise Refused([Problem("Enter why it is withdrawn", "reason", "R-3.12", "reason")])
    row.withdrawn_on, row.withdrawn_because = today(), " ".join(reason.split())
    row.save(update_fields=["withdrawn_on", "withdrawn_because"])
    audit.record("CPD offer: withdrawn", row, by=by, reason=row.withdrawn_because)
    emails.take_back(row)
    for answer in row.answers.accepted().select_related("post__user"):
        emails.withdrawn(row, answer)
        _off_the_log(gate.move(answer, "take_back", by=by, reason="The offer is withdrawn"), by)
    return row


@transaction.atomic
def accept(*, offer: CpdOffer, post: Post, by: User) -> CpdAnswer:
    """It is on the AST’s CPD log. The offer is locked first, so that its last place is given once."""
    row = _locked(offer)
    locked = _own(post, by)
    answer = row.answers.filter(post=locked).first()
    accepted = answer is not None and answer.status == AnswerStatus.ACCEPTED
    applies = row.applies_to(locked) and locked.is_in_post(today())
    refuse(rules.accept_problems(row, taken=_taken(row), applies=applies, accepted=accepted, today=today()))
    if answer is None:
        answer = _answered(row, locked, AnswerStatus.ACCEPTED, by)
    else:
        gate.move(answer, "accept", by=by, may=permissions.can_answer, answered_on=today())
    said = {there: getattr(row, here) for here, there in LOGGED.items()}
    entry = CpdEntry.objects.create(post=locked, offer=row, recorded_by=by, **said)
    audit.record("CPD entry: added from an offer", entry, by=by, after=said)
    return answer


@transaction.atomic
def decline(*, offer: CpdOffer, post: Post, by: User) -> CpdAnswer:
    """Not this time. One that was accepted is taken back instead."""
    row = _locked(offer)
    locked = _own(post, by)
    refuse(rules.open_problems(row, today=today()))
    if row.answers.filter(post=locked).exists():
        raise Refused([Problem("You have answered this offer already", "", "R-3.12", "twice")])
    return _answered(row, locked, AnswerStatus.DECLINED, by)


@transaction.atomic
def take_back(*, answer: CpdAnswer, by: User | None, reason: str = "") -> CpdAnswer:
    """The AST does not come, or did not: the place is free, and the entry goes off the log."""
    row = _locked(answer.offer)
    keeper = by is None or permissions.can_keep_offer(by, row)
    moved = gate.move(
        answer,
        "take_back",
        by=by,
        may=permissions.can_take_back,
        problems=lambda _: rules.take_back_problems(row, keeper=keeper, today=today()),
        reason=reason,
    )
    _off_the_log(moved, by)
    return moved


def _answered(row: CpdOffer, post: Post, status: str, by: User) -> CpdAnswer:
    answer: CpdAnswer = CpdAnswer.objects.create(offer=row, post=post, status=status, answered_on=today())
    audit.record("answer to a CPD offer: given", answer, by=by, after={"status": status})
    return answer


def _to_tell(row: CpdOffer) -> list[Post]:
    """ASTs in post and not away for whom it is, and who have not answered it. Three queries."""
    posts = Post.objects.present(today()).exclude(cpd_answers__offer=row).select_related("user", "home")
    return [post for post in posts.prefetch_related("expertise") if row.applies_to(post)]


def _follow(row: CpdOffer, *, by: User, version: int) -> None:
    """The entries say what the offer says now, and those who accepted are told."""
    said = {there: getattr(row, here) for here, there in LOGGED.items()}
    for entry in row.entries.select_related("post__user"):
        for name, value in said.items():
            setattr(entry, name, value)
        entry.save(update_fields=[*said])
        audit.record("CPD entry: changed with the offer", entry, by=by, after=said)
        emails.changed(row, entry.post, version=version)


def _off_the_log(answer: CpdAnswer, by: User | None) -> None:
    for entry in CpdEntry.objects.filter(offer=answer.offer_id, post=answer.post_id):
        said = {"what came of it": entry.evaluation} if entry.evaluation else {}
        audit.record("CPD entry: removed with the answer", entry, by=by, before={**CPD.told(entry), **said})
        entry.delete()


def _own(post: Post, by: User) -> Post:
    locked = Post.objects.locked(post.pk)
    if not permissions.is_own(by, locked):
        raise PermissionDenied(say("answer for another AST"))
    return locked


def _kept(offer: CpdOffer, by: User) -> CpdOffer:
    row = _locked(offer)
    require(permissions.can_keep_offer(by, row), "keep this offer")
    _refuse_withdrawn(row)
    return row


def _refuse_withdrawn(row: CpdOffer) -> None:
    if row.withdrawn_on is not None:
        raise Refused([Problem("This offer is withdrawn", "", "R-3.12", "withdrawn")])


def _taken(row: CpdOffer) -> int:
    return row.answers.accepted().count()


def _locked(row: CpdOffer) -> CpdOffer:
    found: CpdOffer = CpdOffer.objects.select_for_update().get(pk=row.pk)
    return found
