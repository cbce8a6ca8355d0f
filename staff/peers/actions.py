"""Observations between two ASTs: proposed, agreed or refused, booked, done, noted, cancelled (R-3.14)."""

from datetime import date

from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.models import User
from staff.peers import emails, permissions, rules
from staff.peers.lifecycle import PeerStatus
from staff.peers.models import PeerObservation
from staff.peers.reads import pair
from staff.posts.models import Post


@transaction.atomic
def propose(*, email: str, watches: bool, focus: str, by: User) -> PeerObservation:
    """An AST asks another one, by address, to be watched or to watch; the other is told and says yes or no."""
    require(by.has_role(Role.AST), "propose an observation")
    other = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    mine, theirs, kind = pair(by, other, today())
    if mine is None:
        raise Refused([Problem(say("You are not in post as an AST"), "", rules.RULE, "post")])
    problems = rules.proposal_problems(found=theirs is not None, oneself=other == by, kind=kind, focus=focus)
    if problems or theirs is None or kind is None:
        raise Refused(problems)
    for post in sorted((mine, theirs), key=lambda each: each.pk):  # in one order: two who ask each other do not wait
        Post.objects.locked(post.pk)
    observer, observed = (mine, theirs) if watches else (theirs, mine)
    if PeerObservation.objects.open().filter(observer=observer, observed=observed).exists():
        raise Refused([Problem("This is proposed, agreed or booked already", "email", rules.RULE, "twice")])
    said = {"kind": kind, "focus": " ".join(focus.split()), "asked_by": by, "asked_on": today()}
    row: PeerObservation = PeerObservation.objects.create(observer=observer, observed=observed, **said)
    audit.record("observation between ASTs: proposed", row, by=by)
    emails.proposed(row, by=by)
    return row


@transaction.atomic
def agree(*, row: PeerObservation, by: User) -> PeerObservation:
    """The one who was asked consents."""
    moved = gate.move(row, "agree", by=by, may=permissions.can_consent)
    emails.answered(moved, by=by)
    return moved


@transaction.atomic
def refuse_consent(*, row: PeerObservation, by: User) -> PeerObservation:
    """The one who was asked does not consent, and need not say why; no day can be booked."""
    moved = gate.move(row, "refuse", by=by, may=permissions.can_consent)
    emails.answered(moved, by=by)
    return moved


@transaction.atomic
def book(*, row: PeerObservation, on: date, by: User) -> PeerObservation:
    """The day, or another one; the other is told."""
    held = _locked(row)
    require(permissions.is_one_of_both(by, held), "book this observation")
    if held.status == PeerStatus.BOOKED and held.on == on:
        return held
    refuse(rules.booking_problems(held.status, on, [held.observer, held.observed], today=today()))
    moved = gate.move(held, "book", by=by, may=permissions.is_one_of_both, on=on)
    event = audit.record("observation between ASTs: day", moved, by=by, after={"on": on})
    emails.booked(moved, by=by, version=event.pk)
    return moved


def record_done(*, row: PeerObservation, by: User) -> PeerObservation:
    """It took place."""
    return gate.move(row, "do", by=by, may=permissions.is_one_of_both, problems=_not_yet)


@transaction.atomic
def cancel(*, row: PeerObservation, by: User) -> PeerObservation:
    """Either takes the consent back; the other is told."""
    moved = gate.move(row, "cancel", by=by, may=permissions.is_one_of_both)
    emails.cancelled(moved, to=moved.other_than(by))
    return moved


@transaction.atomic
def note(*, row: PeerObservation, notes: str, by: User) -> PeerObservation:
    """What one of the two says of it; the other reads it. Its words stand in no trail."""
    held = _locked(row)
    require(permissions.is_one_of_both(by, held), "note this observation")
    if held.status != PeerStatus.DONE:
        raise Refused([Problem("Record first that it took place", "", rules.RULE, "early")])
    column = held.notes_of(by)
    if getattr(held, column) != notes.strip():
        setattr(held, column, notes.strip())
        held.save(update_fields=[column])
        audit.record("observation between ASTs: notes", held, by=by)
    return held


def _not_yet(row: PeerObservation) -> list[Problem]:
    return rules.done_problems(row.on, today=today())


def _locked(row: PeerObservation) -> PeerObservation:
    found: PeerObservation = PeerObservation.objects.select_for_update(of=("self",)).whole().get(pk=row.pk)
    return found
