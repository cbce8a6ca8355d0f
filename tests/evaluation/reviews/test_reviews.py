"""The termly impact review (R-11.2, R-11.11, R-15.10)."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.reviews import actions as reviews
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.reads import review_page
from evaluation.reviews.rules import HINTS, Answer, due_on, opens_on
from placements.placement.models import Placement
from schools.calendar.models import Term
from tests.cast import Cast
from tests.evaluation import stories
from tests.evaluation.stories import TUESDAY, answers, opened, submitted
from tests.placements.active import elsewhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def autumn(cast: Cast) -> Term:
    return Term.objects.get(slug="autumn-2026")


def fields_of(refused: Any) -> list[str]:
    return [problem.field for problem in refused.value.problems]


def test_r_11_2_every_active_placement_gets_one_review(cast: Cast, placement: Placement, autumn: Term) -> None:
    second = elsewhere(cast)
    elsewhere(cast, status="signed")
    elsewhere(cast, starts_on=date(2027, 2, 2))
    found = reviews.open_reviews(term=autumn, today=TUESDAY)
    assert {r.placement for r in found} == {placement, second}
    assert {r.due_on for r in found} == {date(2026, 12, 11)}
    assert Message.objects.filter(kind="review-opened", to_email=cast.ast.email).count() == 2


def test_r_16_4_opening_twice_changes_nothing(cast: Cast, placement: Placement, autumn: Term) -> None:
    reviews.open_reviews(term=autumn, today=TUESDAY)
    assert reviews.open_reviews(term=autumn, today=TUESDAY) == []
    assert (ImpactReview.objects.count(), Message.objects.filter(kind="review-opened").count()) == (1, 1)


def test_one_placement_can_be_opened_at_once_but_only_once(cast: Cast, placement: Placement) -> None:
    opened(placement)
    with pytest.raises(Refused, match="already has a review"):
        opened(placement)
    with pytest.raises(Refused, match="Only an active placement"):
        opened(elsewhere(cast, status="signed"))


def test_when_reviews_open_and_are_due() -> None:
    assert opens_on(date(2026, 12, 18)) == date(2026, 11, 28)
    assert due_on(date(2026, 12, 18), date(2026, 11, 28)) == date(2026, 12, 11)
    assert due_on(date(2026, 12, 18), date(2026, 12, 17)) == date(2026, 12, 17)


def test_r_11_2_three_objectives_two_answered_is_refused(cast: Cast, placement: Placement) -> None:
    review = opened(placement)
    with pytest.raises(Refused) as refused:
        reviews.submit(review=review, answers=answers(placement)[:2], summary="More explain.", by=cast.ast)
    assert fields_of(refused) == ["progress_3"]
    review.refresh_from_db()
    assert (review.status, review.progress.count()) == ("due", 0)


def test_r_11_2_progress_needs_evidence_unless_there_is_nothing_to_report(cast: Cast, placement: Placement) -> None:
    review = opened(placement)
    told = [Answer(1, "nothing"), Answer(2, "some", " "), Answer(3, "met", "The test")]
    with pytest.raises(Refused) as refused:
        reviews.submit(review=review, answers=told, summary="", by=cast.ast)
    assert fields_of(refused) == ["evidence_2", "summary"]


def test_r_11_11_a_sole_cause_is_refused(cast: Cast, placement: Placement) -> None:
    review = opened(placement)
    with pytest.raises(Refused) as refused:
        reviews.submit(
            review=review, answers=answers(placement), summary="Better solely because of the AST.", by=cast.ast
        )
    assert [p.rule for p in refused.value.problems] == ["R-11.11"]


def test_a_draft_keeps_what_there_is(cast: Cast, placement: Placement) -> None:
    review = reviews.save_draft(
        review=opened(placement), answers=[Answer(1, "good"), Answer(2, "some", "Books")], summary="", by=cast.ast
    )
    assert review.status == "draft"
    assert list(review.progress.values_list("progress", flat=True)) == ["", "some"]
    assert reviews.save_draft(review=review, answers=[], summary="So far", by=cast.ast).summary == "So far"


def test_the_whole_way_to_accepted(cast: Cast, placement: Placement) -> None:
    review = submitted(cast, placement)
    assert Message.objects.get(kind="review-submitted").to_email == cast.host_head.email
    assert Message.objects.get(kind="review-opened").status == "cancelled"
    with pytest.raises(Refused):
        reviews.accept(review=review, by=cast.coordinator)
    reviews.comment(review=review, text="We see this too.", by=cast.host_head)
    reviews.accept(review=review, by=cast.coordinator)
    assert (review.status, review.accepted_by) == ("accepted", cast.coordinator)
    assert Document.objects.about(review).count() == 1
    assert {m.to_email for m in Message.objects.filter(kind="review-accepted")} == {
        cast.ast.email,
        cast.host_head.email,
    }


def test_the_headteachers_comment_is_required(cast: Cast, placement: Placement) -> None:
    review = submitted(cast, placement)
    with pytest.raises(Refused) as refused:
        reviews.comment(review=review, text=" ", by=cast.host_head)
    assert fields_of(refused) == ["head_comment"]


def test_each_step_belongs_to_one_person(cast: Cast, placement: Placement) -> None:
    review = opened(placement)
    for person in (cast.host_head, cast.coordinator, cast.outsider):
        with pytest.raises(Refused):
            reviews.submit(review=review, answers=answers(placement), summary="x", by=person)
    reviews.submit(review=review, answers=answers(placement), summary="x", by=cast.ast)
    for person in (cast.ast, cast.home_head, cast.coordinator, cast.outsider, cast.chair):
        with pytest.raises(PermissionDenied):
            reviews.comment(review=review, text="Fine", by=person)
    reviews.comment(review=review, text="Fine", by=cast.host_head)
    for person in (cast.ast, cast.host_head, cast.administrator, cast.officer):
        with pytest.raises(PermissionDenied):
            reviews.accept(review=review, by=person)


def test_returned_with_a_reason_and_commented_afresh(cast: Cast, placement: Placement) -> None:
    review = stories.commented(cast, placement)
    with pytest.raises(Refused):
        reviews.send_back(review=review, reason=" ", by=cast.coordinator)
    reviews.send_back(review=review, reason="Which books?", by=cast.coordinator)
    assert (review.status, review.head_comment, review.return_reason) == ("returned", "", "Which books?")
    reviews.submit(review=review, answers=answers(placement, "met"), summary="All do.", by=cast.ast)
    assert review.placement.impact_reviews.get().status == "submitted"
    assert Message.objects.filter(kind="review-submitted").count() == 2


def test_waived_with_a_reason(cast: Cast, placement: Placement) -> None:
    review = opened(placement)
    reviews.waive(review=review, reason="The AST was ill all term", by=cast.coordinator)
    assert review.status == "waived"
    with pytest.raises(Refused):
        reviews.submit(review=review, answers=answers(placement), summary="x", by=cast.ast)


def test_the_terms_diary_stands_beside_each_objective(cast: Cast, placement: Placement, clock: Any) -> None:
    first, second, _ = placement.objectives.all()
    stories.write_up(cast, placement, TUESDAY - timedelta(days=7), objectives=[first.pk])
    stories.write_up(cast, placement, TUESDAY)
    clock.move_to(datetime(2027, 1, 12, 15, tzinfo=UTC))
    stories.write_up(cast, placement, date(2027, 1, 12), objectives=[second.pk])
    page = review_page(opened(placement), cast.ast)
    assert [[v.on for v in section.days] for section in page.sections] == [[TUESDAY - timedelta(days=7)], [], []]
    assert [v.on for v in page.other_days] == [TUESDAY]


def test_every_word_for_progress_is_explained() -> None:
    assert set(HINTS) == {"nothing", "started", "some", "good", "met"}


def test_r_15_10_three_objectives_print_three_sections_and_the_contribution(cast: Cast, placement: Placement) -> None:
    review = stories.accepted(cast, placement)
    data = documents.pdf(Document.objects.about(review).get())
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(data)).pages).split())
    for number in (1, 2, 3):
        assert f"Objective {number}: Good progress" in text
    assert "one contribution among other factors" in text
    assert "We see this too." in text
    assert "Bryony Quill" in text
