"""Placements agreed before this system: entered, taken back, and their signed paper (R-17.4)."""

import hashlib
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from astcoord.core import audit, documents, gate, policy
from astcoord.core.clock import today
from astcoord.core.problems import refuse
from astcoord.core.words import say
from placements.agreement.models import ContractVersion
from placements.days import ledger
from placements.endings.actions import hooks
from placements.endings.rules import no_reason
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.papers import rules as files
from placements.papers.models import SharedDocument
from placements.placement.models import Objective, Placement
from placements.placement.reads import readers_of
from placements.requests.lifecycle import Ending, Route
from placements.requests.models import OutreachRequest
from placements.taken_in import emails, reads
from placements.taken_in.documents import RECORD, record_facts
from placements.taken_in.models import SignedPaper
from placements.taken_in.permissions import can_keep_paper, can_take_in
from placements.taken_in.rules import Agreed
from staff.accounts.models import User

BEFORE = "Agreed before this system"
NOT_RECORDED = "Not recorded: agreed before this system"
NO_VISIT = "Not followed here: the work had begun before this system"


@transaction.atomic
def take_in(*, agreed: Agreed, by: User) -> Placement:
    """Enter a placement that was agreed before this system: active, with its days in the AST's year.

    Its request and its match are made with it, marked the same way, so that everything that hangs on them goes on as
    with any other. The same one again is the one that is there; with other figures it is refused. The AST's post is
    locked first, so of two who enter the same one makes it.
    """
    if not can_take_in(by):
        raise PermissionDenied("enter what was agreed before this system")
    ledger.lock(agreed.post)
    now = today()
    books = reads.Books([agreed.post.pk], now)
    if there := books.already(agreed):
        refuse(reads.differences(there, agreed))
        return there
    refuse(books.problems(agreed))
    placement = _placement(agreed, by=by, on=now)
    _what_belongs_to_it(placement, agreed)
    gate.move(placement, "take_in", by=by, reason=agreed.beyond)
    ledger.stand_used_before(placement, books.used_in(agreed), by=by, reason=BEFORE.lower())
    ledger.set_days_under_contract(placement, agreed.days, by=by, reason=BEFORE.lower())
    _record(placement, agreed, by=by)
    emails.tell_entered(placement, readers_of(placement, now))
    return placement


def _placement(agreed: Agreed, *, by: User, on: date) -> Placement:
    """The row, with its request and its match, entered on that day."""
    request = _request(agreed, by=by)
    return Placement.objects.create(
        request=request,
        match=_match(request, agreed, by=by),
        post=agreed.post,
        home=agreed.post.home,
        host=agreed.host,
        subject=agreed.subject,
        focus=agreed.focus,
        days=agreed.days,
        starts_on=agreed.starts_on,
        ends_on=agreed.ends_on,
        **_time(agreed),
        monitor=by,
        override_reason=BEFORE,
        visit_waived_reason=NO_VISIT,
        taken_in_on=on,
        days_before=agreed.used,
    )


def _request(agreed: Agreed, *, by: User) -> OutreachRequest:
    """What the school would have asked for; what nobody wrote down stays empty."""
    weekdays: Any = () if agreed.weekday is None else (str(agreed.weekday),)  # a set of codes: the field's type is text
    request = OutreachRequest.objects.create(
        host=agreed.host,
        route=Route.BEFORE,
        created_by=by,
        submitted_at=timezone.now(),
        subject=agreed.subject,
        task=agreed.focus,
        days=agreed.days,
        wanted_from=agreed.starts_on,
        wanted_until=agreed.ends_on,
        weekdays=weekdays,
    )
    return gate.move(request, "take_in", by=by)


def _match(request: OutreachRequest, agreed: Agreed, *, by: User) -> Match:
    """It holds the days of the AST's year that have no date yet, as any other does; nobody was asked (R-4.11)."""
    return Match.objects.create(
        request=request,
        post=agreed.post,
        status=MatchStatus.AGREED,
        days=agreed.days,
        rank=1,
        score=0,
        reasons=[{"title": BEFORE, "text": "Nobody was ranked or asked here."}],
        proposed_by=by,
        answer_by=today(),
    )


def _time(agreed: Agreed) -> dict[str, Any]:
    """The weekday as it was said, else the AST's first; and how much of that day the AST has for outreach."""
    pattern = agreed.post.pattern_on(max(today(), agreed.starts_on))
    weekday = agreed.weekday if agreed.weekday is not None else next((p.weekday for p in pattern), None)
    share = next((p.share for p in pattern if p.weekday == weekday), None)
    return {"weekday": weekday} | ({"day_share": share} if share is not None else {})


def _what_belongs_to_it(placement: Placement, agreed: Agreed) -> None:
    """An objective for each aim, for reviews to speak of; and the six papers, which the school may still show."""
    unsaid = {"baseline": NOT_RECORDED, "criterion": NOT_RECORDED, "evidence": NOT_RECORDED}
    Objective.objects.bulk_create(
        Objective(placement=placement, number=number, text=aim, **unsaid) for number, aim in enumerate(agreed.aims, 1)
    )
    SharedDocument.objects.bulk_create(SharedDocument(placement=placement, kind=k) for k in SharedDocument.Kind.values)


def _record(placement: Placement, agreed: Agreed, *, by: User) -> None:
    """What stands for the contract, under today's policy. Nobody signs it here, so nothing is printed yet."""
    rules = policy.in_force()
    document = documents.freeze(
        RECORD,
        title=f"{say('AST')} support at {placement.host.name}, agreed before this system",
        facts=record_facts(placement, agreed, rules, today=today()),
        about=placement,
        by=by,
    )
    ContractVersion.objects.create(
        placement=placement,
        number=1,
        document=document,
        policy=rules,
        issued_by=by,
        agreed_before=True,
        agreed_on=agreed.agreed_on,
    )
    # Without the aims: they may name somebody whom nobody has named here yet, and history cannot be edited.
    after = {**agreed.given(), "agreed on": agreed.agreed_on}
    del after["aims"]
    audit.record("placement entered: agreed before this system", placement, by=by, reason=agreed.beyond, after=after)


@transaction.atomic
def undo(*, placement: Placement, by: User, reason: str) -> Placement:
    """It was entered by mistake: closed, and its days go back, as long as nothing has happened on it here."""
    if not can_take_in(by):
        raise PermissionDenied("take back what was agreed before this system")
    refuse(no_reason(reason))
    ledger.lock(placement.post)
    gate.move(
        placement,
        "undo_taking_in",
        by=by,
        problems=reads.undo_problems,
        reason=reason,
        ended_on=today(),
        ended_reason=reason.strip(),
        days_before=0,
    )
    ledger.stand_used_before(placement, {}, by=by, reason="entered by mistake")
    ledger.set_days_under_contract(placement, 0 * placement.days, by=by, reason="entered by mistake")
    gate.move(placement.match, "undo", by=by, reason=reason)
    OutreachRequest.objects.filter(pk=placement.request_id).update(
        ending=Ending.OTHER, ending_note=say("Entered by mistake, and taken back by the co-ordinator.")
    )
    if paper := reads.paper_of(placement):
        wipe(SignedPaper.objects.filter(pk=paper.pk))
    emails.tell_mistake(placement, readers_of(placement, today()))
    hooks.follow(hooks.on_undone, placement=placement)
    return placement


@transaction.atomic
def attach_paper(*, placement: Placement, name: str, data: bytes, by: User) -> SignedPaper:
    """Attach the signed paper, in the place of the one that was there; the same file again changes nothing."""
    placement = Placement.objects.select_for_update(of=("self",)).select_related("post").get(pk=placement.pk)
    if not can_keep_paper(by, placement):
        raise PermissionDenied("attach the signed paper")
    safe = files.safe_name(name)
    refuse(files.problems_of(safe, data))
    sha256 = hashlib.sha256(data).hexdigest()
    there = reads.paper_of(placement)
    if there and there.sha256 == sha256:
        return there
    paper, _ = SignedPaper.objects.update_or_create(
        placement=placement,
        defaults={
            "name": safe,
            "content_type": files.content_type_of(safe),
            "size": len(data),
            "sha256": sha256,
            "data": data,
            "uploaded_by": by,
            "uploaded_at": timezone.now(),
            "removed_at": None,
        },
    )
    _note("signed paper attached", paper, by)
    return paper


@transaction.atomic
def remove_paper(*, placement: Placement, by: User) -> None:
    """Take the paper away, bytes and name; twice does no harm."""
    if not can_keep_paper(by, placement):
        raise PermissionDenied("take the signed paper away")
    if paper := reads.paper_of(placement):
        wipe(SignedPaper.objects.filter(pk=paper.pk))
        _note("signed paper removed", paper, by)


def record_download(paper: SignedPaper, *, by: User) -> None:
    """Every copy that somebody takes is written down, each time."""
    _note("signed paper downloaded", paper, by)


def wipe(papers: QuerySet[SignedPaper]) -> int:
    """For the retention schedule too: bytes and names go, for good; how many files."""
    return papers.filter(removed_at=None).update(removed_at=timezone.now(), data=None, name="")


def _note(verb: str, paper: SignedPaper, by: User) -> None:
    """By its fingerprint: its name may be a person's, and history cannot be edited."""
    audit.record(verb, paper.placement, by=by, after={"sha256": paper.sha256})
