"""The review half-way (R-19.2): asked of both, decided, carried out, taken back, called off; told to all."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.half_way import actions
from evaluation.half_way.lifecycle import Side
from evaluation.half_way.models import HalfWayReview
from evaluation.half_way.tasks import look_after_half_way_reviews
from evaluation.succession import heads
from placements.endings.actions import early
from placements.placement.models import Placement
from staff.accounts.events import NewHead
from tests.cast import Cast
from tests.evaluation.stories import write_up
from tests.placements.active import elsewhere
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

HALF = datetime(2026, 12, 24, 9, tzinfo=UTC)
"""Half of the time from 3 November to 12 February."""
DECIDED = {"decision": "go_on", "grounds": "Both see it working.", "exit_plan": "The maths leader goes on."}


@pytest.fixture
def asked_for(cast: Cast) -> None:
    cast.policy.half_way_review = True
    cast.policy.save()


@pytest.fixture
def review(cast: Cast, asked_for: None, placement: Placement, clock: Any) -> HalfWayReview:
    """Asked for when half of the time is over."""
    clock.move_to(HALF)
    assert actions.open_due(today()) == 1
    return HalfWayReview.objects.with_people().get()


def answered(cast: Cast, review: HalfWayReview) -> HalfWayReview:
    actions.answer(review=review, side=Side.HOST, view="Pupils explain more.", by=cast.host_head)
    return actions.answer(review=review, side=Side.AST, view="Both teachers plan ahead.", by=cast.ast)


def decided(cast: Cast, review: HalfWayReview, **other: str) -> HalfWayReview:
    return actions.decide(review=answered(cast, review), by=cast.coordinator, **{**DECIDED, **other})


def titles(user: Any) -> set[str]:
    return {task.title for task in tasks_for(user, today())}


def as_(user: Any, name: str, *args: Any, **data: Any) -> Any:
    client = Client()
    client.force_login(user)
    url = reverse(f"evaluation:{name}", args=args)
    return client.post(url, data) if data else client.get(url)


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("to_email", flat=True))


def test_r_19_2_it_is_asked_when_half_of_the_days_are_delivered(
    cast: Cast, asked_for: None, placement: Placement
) -> None:
    for on in (date(2026, 11, 10), date(2026, 11, 17)):
        write_up(cast, placement, on)
    assert look_after_half_way_reviews() == 0, "two of six"
    write_up(cast, placement)
    assert look_after_half_way_reviews() == 1
    assert look_after_half_way_reviews() == 0, "once"
    review = HalfWayReview.objects.get()
    assert (review.asked_on, review.due_on) == (today(), today() + timedelta(days=14))
    assert told("half-way-asked") == {cast.host_head.email, cast.ast.email}
    assert "Say how the AST’s work goes, half-way" in titles(cast.host_head)
    assert "Say how it goes, half-way" in titles(cast.ast)


def test_r_19_2_or_when_half_of_the_time_is_over(cast: Cast, asked_for: None, placement: Placement, clock: Any) -> None:
    clock.move_to(HALF - timedelta(days=1))
    assert actions.open_due(today()) == 0
    clock.move_to(HALF)
    assert actions.open_due(today()) == 1


def test_r_19_2_nobody_is_asked_where_the_policy_has_none(cast: Cast, placement: Placement, clock: Any) -> None:
    clock.move_to(HALF)
    assert actions.open_due(today()) == 0


def test_r_19_2_both_answer_and_the_co_ordinator_decides_on_the_pages(cast: Cast, review: HalfWayReview) -> None:
    pk = review.placement_id
    for user, side in ((cast.host_head, "host"), (cast.ast, "ast")):
        assert as_(user, "half_way_view", pk, side, view=f"In the words of {side}.").status_code == 302
    page = text(as_(cast.coordinator, "half_way", pk))
    assert "In the words of host." in page
    assert "Both have answered" in page
    assert "Decide after the half-way review" in titles(cast.coordinator)
    assert as_(cast.coordinator, "half_way_decide", pk, **DECIDED).status_code == 302
    review.refresh_from_db()
    assert (review.status, review.decided_by) == ("decided", cast.coordinator)
    assert told("half-way-decided") == {cast.host_head.email, cast.ast.email, cast.home_head.email}
    home = text(as_(cast.home_head, "half_way", pk))
    assert "The maths leader goes on." in home
    assert "In the words of" not in home, "the home head reads what was decided"
    assert as_(cast.outsider, "half_way", pk).status_code == 404
    assert as_(cast.officer, "half_way", pk).status_code == 403
    client = Client()
    client.force_login(cast.ast)
    assert "Half-way review" in text(client.get(reverse("placements:placement_detail", args=[pk])))


def test_an_answer_can_be_changed_until_the_decision_and_not_after(cast: Cast, review: HalfWayReview) -> None:
    answered(cast, review)
    actions.answer(review=review, side=Side.HOST, view="Pupils explain much more.", by=cast.host_head)
    decided(cast, review)
    with pytest.raises(Refused, match="Say how it goes"):
        actions.answer(review=review, side=Side.HOST, view="Too late", by=cast.host_head)
    assert as_(cast.host_head, "half_way_view", review.placement_id, "host", view="Too late").status_code == 403


def test_nobody_answers_for_another_and_an_empty_answer_is_refused(cast: Cast, review: HalfWayReview) -> None:
    for user in (cast.ast, cast.home_head, cast.outsider, cast.officer):
        with pytest.raises(PermissionDenied):
            actions.answer(review=review, side=Side.HOST, view="Ours", by=user)
    with pytest.raises(Refused, match="Enter how it goes"):
        actions.answer(review=review, side=Side.HOST, view="  ", by=cast.host_head)
    actions.answer(review=review, side=Side.HOST, view="On paper: 好", by=cast.administrator)
    review.refresh_from_db()
    assert review.host_by == cast.administrator


def test_r_19_2_it_is_not_decided_while_a_side_may_still_answer(cast: Cast, review: HalfWayReview, clock: Any) -> None:
    actions.answer(review=review, side=Side.AST, view="It goes well.", by=cast.ast)
    with pytest.raises(Refused, match="the host headteacher can still say how it goes until 7 January 2027"):
        actions.decide(review=review, by=cast.coordinator, **DECIDED)
    assert as_(cast.coordinator, "half_way_decide", review.placement_id).status_code == 403
    clock.move_to(HALF + timedelta(days=15))
    assert actions.remind(today()) == 2, "the headteacher, and the co-ordinator who may decide"
    assert actions.remind(today()) == 0
    assert told("half-way-overdue") == {cast.host_head.email, cast.coordinator.email}
    assert "Decide after the half-way review" in titles(cast.coordinator)
    assert actions.decide(review=review, by=cast.coordinator, **DECIDED).status == "decided"


@pytest.mark.parametrize("left_out", DECIDED)
def test_r_19_2_a_decision_has_its_grounds_and_an_exit_plan(cast: Cast, review: HalfWayReview, left_out: str) -> None:
    with pytest.raises(Refused):
        decided(cast, review, **{left_out: ""})
    answer = as_(cast.coordinator, "half_way_decide", review.placement_id, **{**DECIDED, left_out: ""})
    assert answer.status_code == 200
    assert HalfWayReview.objects.get().status == "asked"


def test_only_the_co_ordinator_decides(cast: Cast, review: HalfWayReview) -> None:
    answered(cast, review)
    for user in (cast.host_head, cast.ast, cast.administrator, cast.home_head):
        with pytest.raises(PermissionDenied):
            actions.decide(review=review, by=user, **DECIDED)


def test_r_19_2_an_end_is_carried_out_where_ends_are(cast: Cast, review: HalfWayReview) -> None:
    decided(cast, review, decision="end")
    assert "End what the half-way review decided to end" in titles(cast.coordinator)
    end = reverse("placements:placement_end", args=[review.placement_id])
    assert end in as_(cast.coordinator, "half_way", review.placement_id).content.decode()
    early.end_early(
        placement=review.placement, by=cast.host_head, ended_on=today(), category="aims_met", reason="Half-way review"
    )
    assert "End what the half-way review decided to end" not in titles(cast.coordinator)
    assert HalfWayReview.objects.get().status == "decided", "what was decided stays"


def test_r_19_2_a_change_is_carried_out_where_changes_are(cast: Cast, review: HalfWayReview, clock: Any) -> None:
    decided(cast, review, decision="change")
    title = "Propose the change that the half-way review decided"
    assert title in titles(cast.coordinator)
    page = as_(cast.coordinator, "half_way", review.placement_id).content.decode()
    assert reverse("placements:change_new", args=[review.placement_id]) in page


def test_a_decision_is_taken_back_and_made_anew_and_all_are_told(cast: Cast, review: HalfWayReview) -> None:
    decided(cast, review)
    pk = review.placement_id
    assert as_(cast.coordinator, "half_way_take_back", pk, reason=" ").status_code == 200, "it asks why"
    assert as_(cast.coordinator, "half_way_take_back", pk, reason="The wrong placement").status_code == 302
    review.refresh_from_db()
    assert (review.status, review.decision, review.exit_plan) == ("asked", "", DECIDED["exit_plan"])
    assert told("half-way-taken-back") == {cast.host_head.email, cast.ast.email, cast.home_head.email}
    actions.decide(review=review, by=cast.coordinator, **{**DECIDED, "decision": "change"})
    assert (
        Message.objects.filter(kind="half-way-decided", to_email=cast.ast.email).exclude(status="cancelled").count()
        == 1
    )


def test_two_who_decide_at_once_decide_once(cast: Cast, review: HalfWayReview) -> None:
    stale = HalfWayReview.objects.get(pk=review.pk)
    decided(cast, review)
    with pytest.raises(Refused):
        actions.decide(review=stale, by=cast.coordinator, **DECIDED)


def test_an_early_end_calls_it_off_and_taking_that_back_asks_again(cast: Cast, review: HalfWayReview) -> None:
    placement = review.placement
    early.end_early(placement=placement, by=cast.ast, ended_on=today(), category="staffing", reason="A new post")
    review.refresh_from_db()
    assert review.status == "called_off"
    assert not Message.objects.filter(kind="half-way-asked", status="queued").exists()
    early.take_back(placement=placement, by=cast.coordinator, reason="A mistake")
    assert actions.open_due(today()) == 1
    review.refresh_from_db()
    assert review.status == "asked"


def test_thirty_reviews_are_one_task_and_one_list(
    cast: Cast, review: HalfWayReview, django_assert_max_num_queries: Any
) -> None:
    first = review.placement
    for _ in range(29):
        other = elsewhere(cast)
        HalfWayReview.objects.create(placement=other, asked_on=today(), due_on=today() - timedelta(days=1))
    found = next(t for t in tasks_for(cast.coordinator, today()) if t.title == "Decide after the half-way review")
    assert (found.count, found.url) == (29, reverse("evaluation:half_way_reviews"))
    client = Client()
    client.force_login(cast.coordinator)
    client.get("/")
    with django_assert_max_num_queries(12):
        page = client.get(reverse("evaluation:half_way_reviews"))
    assert "30 half-way reviews" in text(page)
    with django_assert_max_num_queries(15):
        client.get(first.half_way_review.get_absolute_url())


def test_names_of_people_supported_are_kept_from_the_home_head(cast: Cast, review: HalfWayReview) -> None:
    decided(cast, review, exit_plan="Juno Pettifer leads it.")
    assert "Juno Pettifer" in text(as_(cast.host_head, "half_way", review.placement_id))
    assert "Juno" not in text(as_(cast.home_head, "half_way", review.placement_id))


def test_r_17_7_a_new_head_finds_what_nobody_of_the_school_has_answered(cast: Cast, review: HalfWayReview) -> None:
    event = NewHead(school=cast.host)
    assert [each.fate for each in heads.half_way(event)] == ["The new headteacher says how it goes"]
    answered(cast, review)
    assert not list(heads.half_way(event))
