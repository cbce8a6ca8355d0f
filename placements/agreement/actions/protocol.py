"""The preliminary meeting and its ten items: called, held, agreed, confirmed (R-8.0 to R-8.10)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, documents, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say, say_later
from placements.agreement import emails
from placements.agreement.actions import contracts, fulfilment
from placements.agreement.actions.placements import activate_if_ready
from placements.agreement.actions.terms import open_for_change
from placements.agreement.documents.protocol import AGENDA, PACK, ROLE, agenda_facts, pack_facts
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ProtocolItem
from placements.agreement.reads.protocol import agreed_items, protocol_rows
from placements.agreement.rules import protocol
from placements.agreement.rules.contracts import protocol_problems
from placements.agreement.rules.items import agree_problems
from placements.papers.models import SharedDocument
from placements.placement.documents import role_facts
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_REISSUABLE, PlacementStatus
from placements.placement.models import Meeting, Placement, PlannedReview
from placements.placement.permissions import is_home_head
from placements.placement.reads import policy_of, readers_of
from placements.placement.ten_items import ActionOwner
from placements.supported import actions as supported
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office

PARTIES = {
    "host_head": "the host headteacher",
    "ast": say_later("the AST"),
    "coordinator": say_later("the co-ordinator"),
    "staff": "the supported staff",
}
"""Who belongs at the preliminary meeting (R-8.0), in words that end a sentence."""

TERMS_OF_ITEM: dict[int, tuple[str, ...]] = {
    2: ("staff_meeting_on", "staff_meeting_not_needed"),
    5: ("day_shape", "visit_planned_on", "visit_host_agrees", "visit_waived_reason"),
    7: ("notice_days",),
    9: ("focus",),
}
"""Fields of the placement that an item's answer may change."""

REVIEWS_OF_ITEM = {
    4: (PlannedReview.Kind.SCHOOL_EVALUATION, PlannedReview.Kind.FINAL_EVALUATION),
    6: (PlannedReview.Kind.REVIEW_MEETING,),
    9: (PlannedReview.Kind.RESERVED_DAY,),
}

Reviews = Mapping[str, Iterable[date]]
Papers = Mapping[str, Mapping[str, Any]]


@transaction.atomic
def call_meeting(*, placement: Placement, on: date, place: str, by: User) -> Placement:
    """N6: fix day and place, and send agenda and role statement to everybody who should come. P1 is then done."""
    _office(by, "call the meeting")
    if placement.status != PlacementStatus.PLANNED:
        raise Refused([gate.out_of_turn(placement, "Call the preliminary meeting")])
    if on < today():
        raise Refused([Problem("The day of the meeting must be today or later.", "meeting_called_for", "R-8.0")])
    if (placement.meeting_called_for, placement.meeting_place) == (on, place.strip()):
        return placement
    placement.meeting_called_for, placement.meeting_place = on, place.strip()
    placement.role_statement_sent_on = today()
    placement.save(update_fields=["meeting_called_for", "meeting_place", "role_statement_sent_on"])
    agenda = documents.freeze(
        AGENDA,
        title=f"Preliminary meeting at {placement.host.name}: agenda",
        facts=agenda_facts(placement),
        about=placement,
        by=by,
    )
    supported.invite_everybody(placement=placement, by=by)
    audit.record("preliminary meeting called", placement, by=by, after={"on": on, "place": place.strip()})
    emails.call_meeting(placement, readers_of(placement, today()), on, [agenda, _role_statement(placement, by)])
    fulfilment.refresh(placement, by=by)
    return placement


@transaction.atomic
def hold_meeting(
    *, placement: Placement, held_on: date, present: Iterable[str], by: User, consent: str = "", notes: str = ""
) -> Meeting:
    """R-8.0: the meeting was held. `present` holds keys of `PARTIES`; only the co-ordinator consents to an absence."""
    here = set(present)
    absent = tuple(words for key, words in PARTIES.items() if key not in here)
    refuse(protocol.meeting_problems(held_on, today=today(), absent=absent, consent=consent))
    if absent and not is_coordinator(by):
        raise Refused(
            [
                Problem(
                    say("Somebody was missing: the co-ordinator has to record this meeting."),
                    "absence_consent",
                    "R-8.0",
                )
            ]
        )
    gate.move(placement, "hold_preliminary", by=by, may=is_office, reason=consent if absent else "")
    meeting = Meeting.objects.create(
        placement=placement,
        held_on=held_on,
        host_head_present="host_head" in here,
        ast_present="ast" in here,
        coordinator_present="coordinator" in here,
        staff_present="staff" in here,
        absence_consent=consent.strip() if absent else "",
        notes=notes.strip(),
        recorded_by=by,
    )
    supported.invite_everybody(placement=placement, by=by)  # a meeting may be held without having been called here
    after = {"on": held_on, "absent": list(absent)}
    audit.record("preliminary meeting held", placement, by=by, after=after, reason=meeting.absence_consent)
    return meeting


@transaction.atomic
def send_role_statement(*, placement: Placement, by: User) -> Placement:
    """P1: send the statement to the host headteacher today (R-8.1)."""
    _office(by, "send the role statement")
    emails.send_role(placement, readers_of(placement, today()), _role_statement(placement, by))
    placement.role_statement_sent_on = today()
    placement.save(update_fields=["role_statement_sent_on"])
    audit.record("role statement sent", placement, by=by)
    fulfilment.refresh(placement, by=by)
    activate_if_ready(placement)
    return placement


@transaction.atomic
def save_item(
    *,
    placement: Placement,
    number: int,
    by: User,
    agreement: str = Agreement.AGREED,
    note: str = "",
    action: str = "",
    owner: str = "",
    due: date | None = None,
    reviews: Reviews | None = None,
    papers_asked: Papers | None = None,
    **fields: Any,
) -> ProtocolItem:
    """What the meeting says of item `number`, with the item's own facts: `fields` as in `TERMS_OF_ITEM`, `reviews` by
    kind, `papers_asked` by kind with `owner`, `due` and, for action plans, `state`.

    Refused while a fact is missing. P5 without the home headteacher's consent is kept as agreed with that head's
    action (R-8.5). After the contract has gone out only the co-ordinator may change an item: a new version goes out.
    """
    placement = open_for_change(placement=placement, by=by)
    if placement.status == PlacementStatus.PROTOCOL_AGREED:
        raise Refused(
            [Problem(say("The protocol has been confirmed. The co-ordinator can reopen it."), code="confirmed")]
        )
    item = placement.protocol.get(number=number)
    _write_facts(placement, number, fields, reviews or {}, papers_asked or {})
    answer = protocol.settle(number, placement, protocol.Answer(agreement, action, owner, due), today=today())
    if answer.agreement == Agreement.NOT_DISCUSSED:
        refuse(protocol.reopening_problems(contract_is_out=placement.status in PLACEMENT_REISSUABLE))
    else:
        refuse([*agree_problems(number, protocol_rows(placement)), *protocol.answer_problems(answer, today=today())])
    _record(item, answer, note, by)
    if placement.status in PLACEMENT_REISSUABLE:
        contracts.issue_if_changed(placement=placement, by=by, change=f"protocol item P{number}")
    fulfilment.refresh(placement, by=by)
    return item


@transaction.atomic
def agree_visit(*, placement: Placement, by: User) -> Placement:
    """The home headteacher agrees to the visit (R-8.5): the action on P5 is done, and P5 is agreed."""
    if not is_home_head(by, placement):
        raise PermissionDenied("agree to the visit")
    if placement.status not in PLACEMENT_OPEN:
        raise Refused([gate.out_of_turn(placement, "Agree to the visit")])
    placement.visit_home_agrees = True
    placement.save(update_fields=["visit_home_agrees"])
    audit.record("visit to the AST’s school agreed", placement, by=by)
    item = placement.protocol.get(number=5)
    if item.agreement == Agreement.WITH_ACTION and item.action_owner == ActionOwner.HOME_HEAD:
        _record(item, protocol.Answer(Agreement.AGREED), item.note, by)
    return placement


@transaction.atomic
def confirm_protocol(*, placement: Placement, by: User) -> Placement:
    """The co-ordinator confirms that all ten items are agreed; the host headteacher gets the pack for all staff."""
    gate.move(placement, "agree_protocol", by=by, may=is_coordinator, problems=_open_items)
    supported.ask_for_yes(placement=placement, by=by)
    if placement.circulated_on is None:
        readers = readers_of(placement, today())
        emails.ask_to_circulate(placement, readers, pack(placement, by=by))
    return placement


@transaction.atomic
def reopen_protocol(*, placement: Placement, by: User, reason: str) -> Placement:
    """Back to the ten items, before the contract has gone out."""
    if not reason.strip():
        raise Refused([Problem("Say why the protocol is reopened.", "reason", "R-8.0")])
    return gate.move(placement, "reopen_protocol", by=by, may=is_coordinator, reason=reason)


def pack(placement: Placement, *, by: User) -> Any:
    """The paper for all staff of the host school, frozen (R-15.8)."""
    return documents.freeze(
        PACK,
        title=f"{say('AST')} support at {placement.host.name}: for all staff",
        facts=pack_facts(placement, policy_of(placement)),
        about=placement,
        by=by,
    )


def _role_statement(placement: Placement, by: User) -> Any:
    return documents.freeze(
        ROLE,
        title=say("What an Advanced Skills Teacher is here to do"),
        facts=role_facts(policy_of(placement), placement),
        about=placement,
        by=by,
    )


def _open_items(placement: Placement) -> list[Problem]:
    return protocol_problems(agreed_items(placement))


def _office(by: User, what: str) -> None:
    if not is_office(by):
        raise PermissionDenied(what)


def _write_facts(
    placement: Placement, number: int, fields: dict[str, Any], reviews: Reviews, papers_asked: Papers
) -> None:
    """Store an item's facts; the transaction is rolled back if the rules then refuse them."""
    unknown = set(fields) - set(TERMS_OF_ITEM.get(number, ()))
    if unknown:
        raise TypeError(f"P{number} has no facts {sorted(unknown)}")
    for name, value in fields.items():
        setattr(placement, name, value)
    if fields:
        placement.save(update_fields=list(fields))
    for kind in REVIEWS_OF_ITEM.get(number, ()):
        if kind in reviews:
            placement.reviews_planned.filter(kind=kind).delete()
            PlannedReview.objects.bulk_create(
                PlannedReview(placement=placement, kind=kind, on=on) for on in sorted(set(reviews[kind]))
            )
    for paper in placement.papers.filter(kind__in=papers_asked):
        _ask_for(paper, papers_asked[paper.kind])


def _ask_for(paper: SharedDocument, asked: Mapping[str, Any]) -> None:
    paper.owner, paper.due = asked.get("owner", paper.owner).strip(), asked.get("due", paper.due)
    paper.state = asked.get("state", paper.state)
    paper.save(update_fields=["owner", "due", "state"])


def _record(item: ProtocolItem, answer: protocol.Answer, note: str, by: User | None) -> None:
    open_ = answer.agreement == Agreement.NOT_DISCUSSED
    with_action = answer.agreement == Agreement.WITH_ACTION
    item.agreement, item.note = answer.agreement, note.strip()
    item.action = answer.action.strip() if with_action else ""
    item.action_owner = answer.owner if with_action else ""
    item.action_due = answer.due if with_action else None
    item.agreed_at, item.agreed_by = (None, None) if open_ else (timezone.now(), by)
    item.save()
    words_ = item.get_agreement_display().lower()
    audit.record(f"protocol {item}: {words_}", item.placement, by=by, reason=item.note, after={"action": item.action})
