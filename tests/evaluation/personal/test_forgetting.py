"""Once people are forgotten, no free text of any table names them: those that are rewritten, and those for ever.

The tables are read as the database has them, and the columns are those that the models declare: a new one is planted
and looked for without a word here. Whoever adds a table about a request must give the world a row of it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django.utils import timezone

from astcoord.core import audit, delivery, documents, gate, outbox, personal_data
from astcoord.core.models.about import AppendOnly
from astcoord.core.models.history import AuditEvent, Transition
from evaluation.corrections.models import Correction
from evaluation.diary.models import DiaryEntry
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.evidence.models import Evidence
from evaluation.half_way.models import HalfWayReview
from evaluation.ideas.models import Idea
from evaluation.logic.models import LogicModel
from evaluation.meetings.models import MeetingAction
from evaluation.returns.models import ReturnFinding, ReturnVisit
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from evaluation.value.models import PlacementCost
from placements.agreement.models import ContractVersion, ProtocolItem
from placements.changes.models import AmendedObjective, Amendment
from placements.consultations.models import Consultation
from placements.days.models import DayPart, LedgerEntry, LessonTold, OutreachDay
from placements.groups.models import DecidingGroup, GroupItem, GroupMeeting
from placements.matching.models import MatchAnswer
from placements.notes.models import CaseNote
from placements.offers.models import HelpOffer
from placements.papers.models import PaperFile, SharedDocument
from placements.personal import forgetting
from placements.placement.models import Placement
from placements.planning.models import Plan, PlanDecision, PlanLine, PlanPair
from placements.requests.models import RequestedStaff
from placements.supported.models import Confirmation, SupportedStaff
from placements.taken_in.models import SignedPaper
from schools.calendar.models import Term
from tests.cast import Cast
from tests.placements.active import active

pytestmark = pytest.mark.django_db
REFUSED = r"append-only|permission denied"
MARK = "Zephyrine Quillfeather"
SAID = f"{MARK} asked for this AST"
DONE = "A colleague asked for this AST"
DAY = date(2026, 11, 3)


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """A placement with a row of every table that belongs to a request; the name of somebody supported is the mark."""
    placement = active(cast, objectives=1)
    RequestedStaff.objects.filter(request=placement.request).update(name=MARK, email="zephyrine@marlshire.example")
    person = placement.supported.first()
    SupportedStaff.objects.filter(pk=person.pk).update(name=MARK, email="zephyrine@marlshire.example")
    Confirmation.objects.create(person=person, agreed=("read",))
    MatchAnswer.objects.create(match=placement.match, party="ast", yes=True, by=cast.ast)
    ProtocolItem.objects.create(placement=placement, number=1)
    paper = SharedDocument.objects.create(placement=placement, kind="behaviour_policy")
    PaperFile.objects.create(
        paper=paper, name="x", content_type="x", size=1, sha256="x", data=b"x", uploaded_by=cast.ast
    )
    SignedPaper.objects.create(
        placement=placement, name="x", content_type="x", size=1, sha256="x", data=b"x", uploaded_by=cast.coordinator,
        uploaded_at=timezone.now(),
    )  # fmt: skip
    contract = documents.freeze("contract", title="Contract", facts={}, about=placement)
    version = ContractVersion.objects.create(
        placement=placement, number=1, document=contract, sha256="x", policy=cast.policy, issued_by=cast.coordinator
    )
    change = Amendment.objects.create(
        placement=placement, kind="extension", cites=version, asked_by=cast.ast, reason="x", focus="x", days=1,
        starts_on=DAY, ends_on=DAY,
    )  # fmt: skip
    AmendedObjective.objects.create(amendment=change, number=1, text="x", baseline="x", criterion="x", evidence="x")
    day = OutreachDay.objects.create(placement=placement, on=DAY, days=1)
    DayPart.objects.create(day=day, number=1, kind="model_lesson", minutes=60, taught="Year 4")
    LessonTold.objects.create(day=day, taught="Year 4", same_class="y4")
    Idea.objects.create(placement=placement, day=day, text="x", author=cast.ast)
    Evidence.objects.create(placement=placement, title="x", name="x", data=b"x", added_by=cast.ast)
    PlacementCost.objects.create(placement=placement, amount=1, covers="x", entered_by=cast.home_head)
    entry = DiaryEntry.objects.create(day=day, author=cast.ast)
    Correction.objects.create(entry=entry, before={}, asked={}, why="x", asked_by=cast.ast)
    review = ImpactReview.objects.create(
        placement=placement, term=Term.objects.get(slug="autumn-2026"), due_on=DAY, summary="x"
    )
    ObjectiveProgress.objects.create(review=review, objective=placement.objectives.get())
    LogicModel.objects.create(placement=placement, version=1).steps.create(number=1, kind="outcome", text="x")
    form = Evaluation.objects.create(placement=placement, kind="final", asked_of="ast", opens_on=DAY, due_on=DAY)
    HalfWayReview.objects.create(placement=placement, asked_on=DAY, due_on=DAY)
    visit = ReturnVisit.objects.create(
        placement=placement, term="Summer term 2027", opens_on=DAY, due_on=DAY, asked_by="ast", asked_reason="x"
    )
    ReturnFinding.objects.create(visit=visit, objective=placement.objectives.get(), remains="used")
    MeetingAction.objects.create(meeting=placement.meetings.get(), text="x", owner="ast", due_on=DAY)
    ObjectiveReached.objects.create(evaluation=form, objective=placement.objectives.get())
    placement.informal_links.create(note="x", noted_by=cast.ast, ast_willing_at=timezone.now())
    Consultation.objects.create(placement=placement, situation="x")
    CaseNote.objects.create(request=placement.request, owner=cast.coordinator, text="x")
    HelpOffer.objects.create(request=placement.request, post=cast.post, note="x", at=timezone.now())
    group = DecidingGroup.objects.create(name="Deployment group", kind="group")
    meeting = GroupMeeting.objects.create(group=group, on=DAY)
    GroupItem.objects.create(meeting=meeting, request=placement.request, match=placement.match)
    return placement


def plan_of(cast: Cast, placement: Placement) -> PlanLine:
    plan = Plan.objects.create(span="spring-2027", title="Spring", first=DAY, last=DAY, created_by=cast.coordinator)
    line: PlanLine = PlanLine.objects.create(
        plan=plan, request=placement.request, post=placement.post, priority=1, days=1, points=1
    )
    return line


def pin(line: PlanLine, cast: Cast) -> PlanPair:
    return PlanPair(
        plan=line.plan, kind="pin", request=line.request, post=line.post, reason=SAID, by=cast.coordinator,
        at=timezone.now(),
    )  # fmt: skip


def write_for_ever(cast: Cast, placement: Placement) -> dict[type[models.Model], Any]:
    """A row of every append-only table with a free text, each said to name the person."""
    line = plan_of(cast, placement)
    event = audit.record("x", placement, by=cast.ast, reason=SAID, before={"a": SAID}, after={"b": [SAID]})
    gate.move(placement, "end_early", by=None, reason=SAID, ended_on=DAY, ended_reason=SAID)
    return {
        AuditEvent: event,
        Transition: Transition.objects.about(placement).get(),
        LedgerEntry: LedgerEntry.objects.create(
            post=placement.post, year=LedgerEntry.objects.first().year, kind="plan", days=1, on=DAY,
            placement=placement, reason=SAID,
        ),
        PlanPair: PlanPair.objects.bulk_create([pin(line, cast)])[0],
        PlanDecision: PlanDecision.objects.create(line=line, outcome="refused", reason=SAID, by=cast.coordinator),
    }  # fmt: skip


def plant(placement: Placement) -> None:
    """The mark in every declared column of every row of the request that is rewritten."""
    for declared, rows in forgetting.of_requests([placement.request_id]):
        assert rows.exists(), f"no {rows.model.__name__} in this world: give it one, so that its texts are looked at"
        for column in (*declared.may_name, *declared.emptied):
            field = rows.model._meta.get_field(column)
            if isinstance(field, models.EmailField):
                continue
            said: Any = [{"why": SAID}] if isinstance(field, models.JSONField) else SAID
            rows.update(**{column: said})


def whole_database() -> Iterator[tuple[str, str]]:
    """Every table and every one of its rows as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield (
                    table,
                    " ".join(bytes(v).decode("latin-1") if isinstance(v, memoryview | bytes) else str(v) for v in row),
                )


def naming() -> set[str]:
    return {table for table, row in whole_database() for part in (*MARK.split(), "zephyrine@") if part in row}


def test_g_no_text_of_any_table_names_somebody_who_was_forgotten(cast: Cast, placement: Placement) -> None:
    person = placement.supported.get(name=MARK)
    documents.freeze("supported-form", title=f"Form of {MARK}", facts={"name": MARK}, about=person)
    outbox.queue(
        key="k", kind="k", to=(MARK, person.email), subject=f"Form of {MARK}", body=f"Hello {MARK}", about=placement
    )
    delivery.deliver_all()
    rows = write_for_ever(cast, placement)
    assert set(rows) == {m for m in apps.get_models() if issubclass(m, AppendOnly) and personal_data.of(m).may_name}
    plant(placement)
    before = naming()
    assert len(before) > 15
    assert before.isdisjoint({model._meta.db_table for model in rows}), "named in what can never be changed"

    assert forgetting.forget_people(placement.request) == 3

    assert naming() == set()


def test_r_16_3_a_name_in_the_reason_of_a_pin_or_a_decision_is_never_written(cast: Cast, placement: Placement) -> None:
    rows = write_for_ever(cast, placement)
    for model in (PlanPair, PlanDecision):
        row = rows[model]
        row.refresh_from_db()
        assert row.reason == DONE
        with pytest.raises((IntegrityError, ProgrammingError), match=REFUSED), transaction.atomic():
            model.objects.update(reason="x")  # type: ignore[attr-defined]
    pin_of_another_plan = pin(plan_of(cast, placement), cast)
    pin_of_another_plan.save()
    assert PlanPair.objects.get(pk=pin_of_another_plan.pk).reason == DONE
