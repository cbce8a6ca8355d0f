"""Evaluation forms of one side, in every state that a page needs."""

from datetime import date

from astcoord.core.documents import freeze, letterhead
from evaluation.evaluations import documents
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind, EvaluationStatus
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.half_way.lifecycle import Decision, HalfWayStatus
from evaluation.half_way.models import HalfWayReview
from evaluation.logic.lifecycle import LogicStatus
from evaluation.logic.models import LogicModel
from evaluation.meetings.models import MeetingAction
from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.models import ReturnFinding, ReturnVisit
from evaluation.summaries.reads.papers import KIND as PAPERS
from placements.placement.models import Meeting
from placements.supported.models import SupportedStaff
from tests.access.sides import NOW, Side

S = EvaluationStatus


def evaluations(side: Side) -> None:
    """The head's form and draft, two supported people's forms, one of them shared, and the co-ordinator's own part."""
    mark, placement = side.mark, side.placement
    SupportedStaff.objects.filter(placement=placement).update(email=f"{mark.lower()}@marlshire.example")
    first, second = (
        placement.supported.order_by("pk")[:2]
        if placement.supported.count() > 1
        else (
            placement.supported.get(),
            SupportedStaff.objects.create(
                placement=placement, name=f"Alma {mark}STAFF7", kind="teacher", selection="self"
            ),
        )
    )
    said = {"submitted_at": NOW, "helps": "yes"}
    interim, final = EvaluationKind.INTERIM, EvaluationKind.FINAL
    rows = (
        ("head form", final, AskedOf.HOST_HEAD, None, S.SUBMITTED, {**said, "practice": f"{mark}HEADSAYS"}),
        ("head draft", interim, AskedOf.HOST_HEAD, None, S.DRAFT, {"practice": f"{mark}HEADDRAFT"}),
        ("teacher form", interim, AskedOf.SUPPORTED, first, S.SUBMITTED, {**said, "practice": f"{mark}TEACHERSAYS"}),
        (
            "shared form",
            interim,
            AskedOf.SUPPORTED,
            second,
            S.SUBMITTED,
            {**said, "practice": f"{mark}TOLDAST", "shared": True},
        ),
        ("unsent form", final, AskedOf.SUPPORTED, first, S.DUE, {}),
        (
            "level form",
            EvaluationKind.IMMEDIATE,
            AskedOf.HOST_HEAD,
            None,
            S.SUBMITTED,
            {**said, "levels": True, "learning": f"{mark}LEARNT", "standards": f"{mark}STANDARDS"},
        ),
        ("conclusion", final, AskedOf.COORDINATOR, None, S.DRAFT, {"impact": f"{mark}CONCLUDED"}),
    )
    for name, kind, asked_of, person, status, fields in rows:
        side.things[name] = Evaluation.objects.create(
            placement=placement,
            kind=kind,
            asked_of=asked_of,
            person=person,
            status=status,
            opens_on=date(2026, 9, 28),
            due_on=date(2026, 10, 12),
            **fields,
        )
    for objective in placement.objectives.all():
        ObjectiveReached.objects.create(
            evaluation=side["head form"], objective=objective, reached="partly", evidence=f"{mark}SHOWSIT"
        )
    documents.freeze_final(placement, by=side.host_head)
    facts = {**letterhead(), "placements": [], "given": [], "ideas": []}
    side.things["board paper"] = freeze(PAPERS, title="Summary for governors", facts=facts, about=side.host)
    _meeting(side)
    _half_way(side)
    _returns(side)
    _logic(side)


def _logic(side: Side) -> None:
    """An agreed logic model, a later version that is being written, and one that waits for the host head."""
    mark = side.mark
    done = {"submitted_at": NOW, "submitted_by": side.ast}
    agreed = {**done, "agreed_at": NOW, "agreed_by": side.host_head}
    rows = (
        ("logic model", side.placement, 1, LogicStatus.AGREED, agreed, (f"{mark}OUTCOME", f"{mark}LOGIC")),
        ("logic draft", side.placement, 2, LogicStatus.DRAFT, {}, (f"{mark}NEWLOGIC", f"{mark}NEWLOGIC")),
        ("logic submitted", side["planned"], 1, LogicStatus.SUBMITTED, done, ("An outcome", "A change")),
    )
    for name, placement, version, status, fields, (outcome, change) in rows:
        model = LogicModel.objects.create(placement=placement, version=version, status=status, **fields)
        model.steps.create(number=1, kind="outcome", text=outcome).objectives.set(placement.objectives.all())
        model.steps.create(number=2, kind="change", text=change, leads_to=1)
        model.steps.create(number=3, kind="cause", text=f"Before that: {change}", leads_to=2)
        side.things[name] = model


def _half_way(side: Side) -> None:
    """A review that both have answered, and one that is decided."""
    mark, asked = side.mark, {"asked_on": date(2026, 9, 7), "due_on": date(2026, 9, 21)}
    said = {"host_view": f"{mark}HOSTVIEW", "host_by": side.host_head, "host_at": NOW}
    said |= {"ast_view": f"{mark}ASTVIEW", "ast_by": side.ast, "ast_at": NOW}
    HalfWayReview.objects.create(placement=side.placement, **asked, **said)
    decided = {"grounds": f"{mark}GROUNDS", "exit_plan": f"{mark}EXITPLAN", "decided_at": NOW}
    decided |= {"status": HalfWayStatus.DECIDED, "decision": Decision.GO_ON, "decided_by": side.host_head}
    HalfWayReview.objects.create(placement=side["planned"], **asked, **decided)


def _returns(side: Side) -> None:
    """A return visit to agree a day for, one to report, and one reported."""
    mark = side.mark
    rows = (
        ("return to date", side.placement, ReturnStatus.SCHEDULED, {"proposed_by": "ast"}),
        ("return to report", side["preparing"], ReturnStatus.DONE, {"return_reason": f"{mark}ASKSMORE"}),
        (
            "return reported",
            side["planned"],
            ReturnStatus.REPORTED,
            {"lasting": f"{mark}LASTS", "figures": f"{mark}FIGURES", "reported_at": NOW},
        ),
    )
    for name, placement, status, fields in rows:
        visit = ReturnVisit.objects.create(
            placement=placement,
            status=status,
            term="Autumn term 2026",
            opens_on=date(2026, 9, 1),
            due_on=date(2026, 12, 18),
            visit_on=date(2026, 10, 20) if status == ReturnStatus.SCHEDULED else date(2026, 10, 1),
            **fields,
        )
        side.things[name] = visit
    ReturnFinding.objects.create(
        visit=side["return reported"],
        objective=side["planned"].objectives.get(),
        remains="used",
        evidence=f"{mark}REMAINS",
    )


def _meeting(side: Side) -> None:
    """A review meeting, and what the host head is to do."""
    meeting = Meeting.objects.create(
        placement=side.placement,
        kind=Meeting.Kind.REVIEW,
        held_on=date(2026, 10, 1),
        host_head_present=True,
        ast_present=True,
        coordinator_present=True,
        staff_present=True,
        notes=f"{side.mark}MEETING",
        recorded_by=side.host_head,
    )
    side.things["review meeting"] = meeting
    side.things["meeting action"] = MeetingAction.objects.create(
        meeting=meeting, text=f"{side.mark}AGREED", owner="host_head", due_on=date(2026, 10, 9)
    )
