"""The evidence of an AST's year: sums, objectives, no names; who reads it; nothing follows (R-12.3 to R-12.6)."""

import json
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent
from astcoord.core.personal_data import of
from evaluation.diary.models import DiaryEntry
from evaluation.evaluations.lifecycle import AskedOf
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.performance.reads.pack import pack
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from staff.pay.models import PayPoint, PayRange
from staff.quality.models import QaVisit
from tests.cast import Cast
from tests.evaluation.evaluations.telling import asked_final, concluded, form_of, hand_in
from tests.evaluation.performance.telling import Reader, issued, with_target
from tests.evaluation.stories import accepted, write_up
from tests.factories import person
from tests.staff.pay.paying import approved
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db]
NAME = "Juno Pettifer"


def rows(cast: Cast, title: str, **how: Any) -> dict[str, str]:
    sections = pack(cast.post, cast.year, today(), reads_report=how.get("reads_report", lambda visit: True))
    return {key: said for each in sections if each.title == title for key, said in each.rows}


def everything(cast: Cast, placement: Placement) -> None:
    """A day, an accepted review, a concluded final evaluation with everybody's form, a visit."""
    cast.policy.qa_visits = True
    cast.policy.save()
    write_up(cast, placement)
    accepted(cast, placement)
    concluded(cast, placement)
    QaVisit.objects.create(
        post=cast.post, kind="outreach", on=date(2026, 11, 20), visitor=cast.consultant, status="shared", outcome="Good"
    )


def test_r_12_3_drawn_from_diary_reviews_feedback_evaluations_and_visits(cast: Cast, placement: Placement) -> None:
    everything(cast, placement)
    assert rows(cast, "Days")["Outreach delivered"] == "1 day"
    assert rows(cast, "Days")["Dates written up in the diary"] == "1 of 1"
    reviews = rows(cast, "Impact reviews")
    assert (reviews["Accepted"], reviews["Good progress"]) == ("1 of 1", "3 objectives")
    said = rows(cast, "What schools and the people supported say")
    assert said["Host headteachers: does it help?"] == "Fewer than 3 forms: not shown"
    of_placement = rows(cast, f"{placement.reference}, {placement.host.name}, {placement.get_subject_display()}")
    assert [value.rsplit(" ", 1)[1].rstrip(".") for value in of_placement.values()] == ["Reached"] * 3
    assert rows(cast, "QA visits") == {"Outreach, 20 November 2026": "Good"}


def test_r_12_3_before_anything_has_happened_it_says_so(cast: Cast) -> None:
    assert rows(cast, "Days")["Outreach delivered"] == "0 days"
    assert rows(cast, "Impact reviews") == {"Accepted": "0 of 0"}
    said = rows(cast, "What schools and the people supported say")
    assert set(said.values()) == {"No form yet"}


def plant(placement: Placement) -> None:
    """The name of somebody supported in every text that may hold one, of every row there is."""
    SupportedStaff.objects.filter(placement=placement).update(name=NAME)
    Placement.objects.update(focus=f"{NAME} waits longer")
    for model in (DiaryEntry, ImpactReview, ObjectiveProgress, Evaluation, ObjectiveReached, QaVisit):
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.TextField) and field.name in {*of(model).may_name, "strengths", "actions"}
        ]
        assert texts or model is DiaryEntry, model
        assert model._default_manager.update(**dict.fromkeys(texts, f"{NAME} waits longer")), model
    for each in placement.objectives.all():
        each.text = each.criterion = each.baseline = each.evidence = f"{NAME} waits longer"
        each.save()


@pytest.mark.usefixtures("quick_print")
def test_r_12_3_no_name_of_anybody_supported_stands_in_it(cast: Cast, placement: Placement) -> None:
    """Given evaluations, when built, then ST names absent: on the page for each reader, in the letter, on its page."""
    with_target(cast)
    everything(cast, placement)
    plant(placement)
    governor = person("Silas Ormonde", "silas@marlshire.example", "governor", cast.home)
    for user in (cast.coordinator, cast.consultant, cast.home_head, cast.ast, governor):
        shown = Reader(user).text("outreach_evidence", cast.post.pk)
        assert ("A colleague waits longer" in shown) is (user != governor), "governors read sums"
        assert [word for word in NAME.split() if word in shown] == [], user
    row = issued(cast)
    held = json.dumps(Document.objects.about(row).get().facts)
    for shown in (held, Reader(cast.home_head).text("judgement", row.pk)):
        assert "olleague waits longer" in shown
        assert [word for word in NAME.split() if word in shown] == []


def test_r_12_3_fewer_than_three_people_are_not_counted(cast: Cast, placement: Placement) -> None:
    asked_final(placement)
    for form in Evaluation.objects.filter(asked_of=AskedOf.SUPPORTED):
        hand_in(form)
    told = rows(cast, "What schools and the people supported say")["People supported: does it help?"]
    assert told == "Fewer than 3 forms: not shown"
    third = SupportedStaff.objects.create(placement=placement, name="Third", kind="teacher", selection="self")
    form = form_of(placement, AskedOf.SUPPORTED, person=placement.supported.order_by("pk")[0])
    Evaluation.objects.create(
        **{name: getattr(form, name) for name in ("placement", "kind", "asked_of", "status", "opens_on", "due_on")},
        person=third,
        helps="partly",
        submitted_at=form.submitted_at,
    )
    told = rows(cast, "What schools and the people supported say")["People supported: does it help?"]
    assert told == "3 forms: Yes fewer than 3, In part fewer than 3"


@pytest.mark.usefixtures("quick_print")
@pytest.mark.parametrize("agreed", [False, True])
def test_r_3_8_the_letter_keeps_the_outcome_of_a_visit_unless_the_ast_agreed(cast: Cast, agreed: bool) -> None:
    cast.policy.qa_visits = True
    cast.policy.save()
    with_target(cast)
    QaVisit.objects.create(
        post=cast.post,
        kind="teaching",
        on=date(2026, 9, 20),
        visitor=cast.consultant,
        status="commented",
        outcome="Very good",
        head_may_read=agreed,
    )
    row = issued(cast)
    for shown in (
        Reader(cast.home_head).text("judgement", row.pk),
        Reader(cast.home_head).text("outreach_evidence", cast.post.pk),
    ):
        assert ("Very good" in shown) is agreed
        assert "QA visits" in shown
    assert "Very good" in Reader(cast.coordinator).text("outreach_evidence", cast.post.pk)
    governor = person("Silas Ormonde", "silas@marlshire.example", "governor", cast.home)
    assert "QA visits" not in Reader(governor).text("outreach_evidence", cast.post.pk)


def test_r_12_5_head_and_governors_read_it_and_nothing_changes(cast: Cast) -> None:
    """Given evidence, when viewed, then no automatic change."""
    approved(cast)
    governor = person("Silas Ormonde", "silas@marlshire.example", "governor", cast.home)
    before = [list(model.objects.values()) for model in (PayPoint, PayRange)]
    for user in (cast.home_head, governor, cast.coordinator, cast.ast):
        shown = Reader(user).text("outreach_evidence", cast.post.pk)
        assert "nothing on this page changes a pay point" in shown
        assert "Pay range" in shown, user
    assert [list(model.objects.values()) for model in (PayPoint, PayRange)] == before
    assert "Pay range" not in Reader(cast.consultant).text("outreach_evidence", cast.post.pk)
    for user in (cast.host_head, cast.outsider, cast.chair):
        assert Reader(user).status("outreach_evidence", cast.post.pk) == 404, user
    for user in (cast.officer, cast.administrator):
        assert Reader(user).status("outreach_evidence", cast.post.pk) == 403, user
    looks = AuditEvent.objects.about(cast.post).filter(verb="Viewed: evidence of outreach")
    assert {each.by for each in looks} == {cast.home_head, governor, cast.coordinator, cast.consultant}


def test_r_12_5_a_governor_reads_the_evidence_and_no_judgement(cast: Cast) -> None:
    with_target(cast)
    issued(cast)
    governor = person("Silas Ormonde", "silas@marlshire.example", "governor", cast.home)
    governs = Reader(governor)
    assert "Outreach judgement of" not in governs.text("outreach_evidence", cast.post.pk)
    page = text(governs.client.get(reverse("staff:post", args=[cast.post.pk])))
    assert "Evidence of outreach in this school year" in page
    assert "Outreach judgement" not in page


def test_evidence_costs_the_same_for_three_placements(cast: Cast, placement: Placement) -> None:
    """And governors read how far the objectives of three placements came, of fewer nothing (R-11.13)."""
    reader, costs = Reader(cast.coordinator), []
    governor = Reader(person("Silas Ormonde", "silas@marlshire.example", "governor", cast.home))
    everything(cast, placement)
    assert "Fewer than 3 placements: not shown" in governor.text("outreach_evidence", cast.post.pk)
    for _ in range(2):
        reader.get("outreach_evidence", cast.post.pk)
        with CaptureQueriesContext(connection) as queries:
            reader.get("outreach_evidence", cast.post.pk)
        costs.append(len(queries))
        for _ in range(2):
            more = cast.placement(starts_on=placement.starts_on, ends_on=placement.ends_on, status="active")
            more.objectives.create(number=1, text="Plan", baseline="None", criterion="Two", evidence="Plans")
    assert costs[0] == costs[1]
    assert costs[0] <= 28, "a report of a whole year"
    assert "Reached 3 objectives" in governor.text("outreach_evidence", cast.post.pk)


def test_r_12_6_nothing_that_an_ast_writes_judges_one_of_the_people_supported(cast: Cast, placement: Placement) -> None:
    """Given a report for HH, when built, then no per-ST judgement: no row that an AST writes belongs to one person.

    Of all tables only these lead to a person supported; the forms and the feedback among them are that person's own,
    and the database holds that nobody else's form names one.
    """
    judged = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label == "evaluation"
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if field.related_model is SupportedStaff
    }
    own = {"evaluation.Evaluation.person", "evaluation.SessionFeedback.person"}
    assert judged == own | {"evaluation.DiaryEntry.staff"}
    everything(cast, placement)
    assert not Evaluation.objects.exclude(asked_of=AskedOf.SUPPORTED).exclude(person=None).exists()
    head = Reader(cast.host_head)
    marked = "Marked sentence of the AST"
    ImpactReview.objects.update(summary=marked)
    review = ImpactReview.objects.get()
    for name, pk in (("review", review.pk), ("placement_evaluations", placement.pk)):
        shown = head.text(name, pk)
        for each in placement.supported.all():
            assert f"{each.name} {marked}" not in shown
