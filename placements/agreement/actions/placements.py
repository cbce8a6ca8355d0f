"""A placement's beginning, and its way into force (R-8.13)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, documents, gate, outbox, policy
from astcoord.core.clock import today
from astcoord.core.policy_choices import Pattern
from astcoord.core.problems import Problem, Refused
from astcoord.core.words import say
from placements.agreement import emails
from placements.agreement.actions import fulfilment
from placements.agreement.documents import protocol
from placements.agreement.models import ProtocolItem
from placements.agreement.reads.protocol import CHAIR_NOTICE, chair_notice
from placements.agreement.reads.readiness import activation_problems
from placements.agreement.rules.contracts import cover_warnings, nearest_block
from placements.matching.models import Match
from placements.papers.models import SharedDocument
from placements.placement.lifecycle import PLACEMENT_OPEN, PlacementStatus
from placements.placement.models import Placement
from placements.placement.permissions import is_home_head
from placements.placement.reads import readers_of
from placements.placement.ten_items import ITEMS
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from placements.supported.models import SupportedStaff
from schools.calendar.models import HalfTerm
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office


@transaction.atomic
def open_placement(*, match: Match, by: User) -> Placement:
    """Make the placement of an agreed match, with its protocol, its papers and its people; the request is placed.

    What the school asked for becomes the first draft of the terms. A placement at the AST's own school is inreach,
    a different record (R-1.6).
    """
    request, post = match.request, match.post
    if post.home_id == request.host_id:
        raise Refused([Problem(say("This AST works at that school. Record the work as inreach."), rule="R-1.6")])
    weekday = _weekday(request, post)
    placement = Placement.objects.create(
        request=request,
        match=match,
        post=post,
        home=post.home,
        host=request.host,
        subject=request.subject,
        focus=request.outcome or request.task,
        no_priority_reason=request.no_priority_reason,
        work_types=request.work_types,
        days=match.days,
        **_span(request, weekday),
        weekday=weekday,
    )
    placement.priorities.set(request.priorities.all())
    ProtocolItem.objects.bulk_create(ProtocolItem(placement=placement, number=item.number) for item in ITEMS)
    SharedDocument.objects.bulk_create(SharedDocument(placement=placement, kind=k) for k in SharedDocument.Kind.values)
    _take_over_staff(placement)
    if request.status == RequestStatus.AGREED:  # the other half of a shared one may still wait for answers
        gate.move(request, "place", by=by)
    audit.record("placement opened", placement, by=by, after={"match": match.pk, "days": match.days})
    return placement


def _take_over_staff(placement: Placement) -> None:
    """The people of the request, without what was declared of their situation (section G)."""
    SupportedStaff.objects.bulk_create(
        SupportedStaff(
            placement=placement,
            name=person.name,
            kind=person.kind,
            email=person.email,
            selection=person.selection,
            willing_to_develop=person.willing_to_develop,
            willing_to_continue=person.willing_to_continue,
        )
        for person in placement.request.staff.all()
    )


def _weekday(request: OutreachRequest, post: Any) -> int | None:
    """The first of the AST's outreach weekdays that suits the school; else the AST's first."""
    free = [p.weekday for p in post.pattern_on(request.wanted_from)] if request.wanted_from else []
    suits = [day for day in free if not request.weekdays or str(day) in request.weekdays]
    return next(iter(suits or free), None)


def _span(request: OutreachRequest, weekday: int | None) -> dict[str, date | None]:
    """First and last day to begin with; where placements are blocks, whole half-terms of those asked for (R-4.4)."""
    first, last = request.wanted_from, request.wanted_until
    if first and last and policy.in_force().placement_pattern == Pattern.BLOCK:
        halves = HalfTerm.objects.filter(ends_on__gte=first).order_by("starts_on").values_list("starts_on", "ends_on")
        if block := nearest_block(first, last, halves):
            return {"starts_on": block[0], "ends_on": block[1]}
    return {"starts_on": _first(first, weekday), "ends_on": last}


def _first(wanted_from: date | None, weekday: int | None) -> date | None:
    """The first such weekday on or after the day asked for."""
    if wanted_from is None or weekday is None:
        return wanted_from
    return wanted_from + timedelta(days=(weekday - wanted_from.weekday()) % 7)


@transaction.atomic
def activate_if_ready(placement: Placement) -> list[Problem]:
    """Make a signed placement active once nothing is missing (R-8.13); else what is missing. Safe to repeat."""
    if placement.status == PlacementStatus.ACTIVE:
        return []
    if placement.status == PlacementStatus.SIGNED and chair_notice(placement) is None:
        tell_chair(placement, by=None)
    problems = activation_problems(placement, today())
    if problems or placement.status != PlacementStatus.SIGNED:
        return problems
    try:
        gate.move(placement, "activate", by=None, problems=_still_missing)
    except Refused as refused:
        placement.refresh_from_db()
        return refused.problems if placement.status != PlacementStatus.ACTIVE else []
    emails.tell_active(placement, readers_of(placement, today()))
    return []


def _still_missing(placement: Placement) -> list[Problem]:
    """Asked again by the gate, with the row locked."""
    return activation_problems(placement, today())


def tell_chair(placement: Placement, *, by: User | None) -> None:
    """P3: the notice to the chair of the host's governors, if we know one (R-8.3), in the caller's transaction."""
    if not placement.host.chair_is_known:
        return
    outbox.cancel_about(placement, CHAIR_NOTICE)
    host = placement.host
    notice = documents.freeze(
        protocol.CHAIR,
        title=f"{say('AST')} support at {host.name}: notice to the chair of governors",
        facts=protocol.chair_facts(placement),
        about=placement,
        by=by,
    )
    emails.tell_chair(placement, notice)
    audit.record("chair of governors told", placement, by=by, after={"to": f"{host.chair_name} <{host.chair_email}>"})
    fulfilment.refresh(placement, by=by)


@transaction.atomic
def override(*, placement: Placement, by: User, reason: str) -> Placement:
    """The co-ordinator lets a placement start although P2 or P3 is not done, and says why (R-8.13)."""
    if not is_coordinator(by):
        raise PermissionDenied("override the protocol")
    if not reason.strip():
        raise Refused([Problem(say("Say why the placement may start without it."), "override_reason", "R-8.13")])
    if placement.status not in PLACEMENT_OPEN or placement.status == PlacementStatus.ACTIVE:
        raise Refused([gate.out_of_turn(placement, "Override P2 or P3")])
    placement.override_reason = reason.strip()
    placement.save(update_fields=["override_reason"])
    audit.record("protocol: P2 or P3 overridden", placement, by=by, reason=reason)
    activate_if_ready(placement)
    return placement


@transaction.atomic
def save_cover(*, placement: Placement, by: User, cover: tuple[str, ...], note: str = "") -> list[Problem]:
    """The home headteacher's cover plan (R-4.12); returns the warnings about it. The office may enter it from paper."""
    if not (is_home_head(by, placement) or is_office(by)):
        raise PermissionDenied("record cover")
    if not cover:
        raise Refused([Problem(say("Select how the AST’s classes are covered."), "cover", "R-4.12")])
    before = {"cover": placement.cover, "note": placement.cover_note}
    chosen: Any = tuple(cover)  # a set of codes: the field's own type is text
    placement.cover, placement.cover_note, placement.cover_by = chosen, note.strip(), by
    placement.save(update_fields=["cover", "cover_note", "cover_by"])
    audit.record("cover plan saved", placement, by=by, before=before, after={"cover": cover, "note": note.strip()})
    activate_if_ready(placement)
    return cover_warnings(cover)
