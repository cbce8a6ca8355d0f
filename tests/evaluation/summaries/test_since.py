"""Summaries say what changed since last term, three questions, and priorities in full (R-13.2, R-13.3, R-14.1)."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.reviews.models import ImpactReview
from evaluation.summaries.reads.changes import since_last_term
from evaluation.summaries.reads.placements import summaries, summary
from placements.changes.models import Amendment
from placements.days.models import OutreachDay
from placements.endings.actions import completing, early
from placements.placement.models import Placement
from schools.calendar.actions import save_year
from schools.calendar.models import Term
from schools.calendar.years import default_year
from tests.cast import Cast
from tests.evaluation import stories
from tests.evaluation.evaluations.telling import concluded
from tests.evaluation.stories import TUESDAY
from tests.factories import PriorityFactory
from tests.placements import stories as contract
from tests.placements.active import elsewhere
from tests.placements.changes.changing import offered, signed_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

SPRING = date(2027, 1, 12)


def read(client: Client, user: Any, url: str) -> str:
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\xa0", " ")


def page_of(placement: Placement) -> str:
    return reverse("evaluation:summary", args=[placement.pk])


def test_r_13_2_a_chair_reads_what_changed_this_term(client: Client, cast: Cast, placement: Placement) -> None:
    stories.write_up(cast, placement)
    stories.accepted(cast, placement)
    page = read(client, cast.chair, page_of(placement))
    for wanted in (
        "What changed since the beginning of the Autumn term 2026",
        "1 day was used.",
        "Objective 3 is now at “Good progress”.",
        "1 impact review was accepted.",
        "Three questions that a governor may ask",
    ):
        assert wanted in page, wanted
    paper = read(client, cast.chair, reverse("evaluation:summary_pdf", args=[placement.pk]))
    for wanted in ("What changed since the beginning of the", "1 day was used.", "Three questions that a governor"):
        assert wanted in paper, wanted


def test_r_13_2_nothing_changed_is_said_so(client: Client, cast: Cast, placement: Placement, clock: Any) -> None:
    stories.write_up(cast, placement)
    stories.accepted(cast, placement)
    clock.move_to(datetime(2027, 1, 12, 9, tzinfo=UTC))
    page = read(client, cast.chair, page_of(placement))
    assert "What changed since the end of the Autumn term 2026 on" in page
    assert "Nothing has changed." in page
    assert "1 day was used." not in page
    assert "No review of the objectives has been accepted since last term" in page


def test_r_13_2_progress_that_moved_is_told_with_where_it_was(cast: Cast, placement: Placement, clock: Any) -> None:
    stories.accepted(cast, placement)
    clock.move_to(datetime(2027, 1, 12, 9, tzinfo=UTC))
    concluded(cast, placement)
    told = summary(placement, SPRING)
    assert "Objective 1 is now at “Reached”. Before, it was “Good progress”." in told.changed
    assert "The final evaluation was concluded." in told.changed
    assert (
        "Evaluation forms were handed in by the headteacher, the AST and fewer than 3 members of staff supported."
        in told.changed
    )


def test_r_13_2_state_and_dates_are_told(cast: Cast, placement: Placement, clock: Any) -> None:
    clock.move_to(datetime(2027, 1, 12, 9, tzinfo=UTC))
    completing.open_final_evaluation(placement=placement, by=cast.coordinator)
    assert "The state was “Active” and is now “Final evaluation”." in summary(placement, SPRING).changed


def test_r_13_2_an_extension_is_told_once_everybody_has_signed(cast: Cast) -> None:
    placement = contract.active(cast)
    amendment = offered(cast, placement)
    assert not any("extended" in each for each in summary(placement, TUESDAY).changed)
    signed_by(cast, amendment, *contract.PARTIES)
    placement.refresh_from_db()
    assert Amendment.objects.get(pk=amendment.pk).status == "in_force"
    wanted = f"Its last day is now {placement.ends_on:%-d %B %Y}."
    assert any(each.endswith(wanted) for each in summary(placement, TUESDAY).changed)


def test_r_13_2_days_called_off_and_an_early_end(cast: Cast, placement: Placement) -> None:
    for week in (1, 2):
        day = {"status": "cancelled", "cancelled_by": "host", "cancelled_reason": "Juno Pettifer was ill"}
        OutreachDay.objects.create(placement=placement, on=TUESDAY + timedelta(days=7 * week), days=1, **day)
    told = summary(placement, TUESDAY)
    assert "2 planned days were called off." in told.changed
    assert not any("Pettifer" in each for each in (*told.changed, *told.questions))
    early.end_early(
        placement=placement,
        by=cast.host_head,
        reason="Juno Pettifer leaves",
        category="staffing",
        ended_on=TUESDAY,
    )
    placement.refresh_from_db()
    told = summary(placement, TUESDAY)
    assert "The state was “Active” and is now “Ended early”." in told.changed
    assert told.questions[0].startswith("The work ended early.")
    assert not any("Pettifer" in each for each in (*told.changed, *told.questions))


def test_r_13_2_without_a_calendar_it_says_that_it_cannot_tell(cast: Cast, placement: Placement) -> None:
    early_day = date(2020, 1, 7)
    assert since_last_term(early_day) is None
    told = summary(placement, early_day)
    assert told.changed == ["This cannot be said: the school calendar holds no term yet."]
    assert len(told.questions) == 3


def test_r_13_2_in_the_holidays_last_term_is_the_one_before_the_one_that_has_just_ended(cast: Cast) -> None:
    save_year(default_year("2025-26"), by=None)
    summer = Term.objects.get(slug="summer-2026")
    found = since_last_term(date(2026, 12, 24))
    assert found is not None
    assert (found.day, found.season) == (summer.ends_on, "autumn")


def test_r_14_1_a_priority_is_spelt_out(client: Client, cast: Cast, placement: Placement) -> None:
    placement.priorities.add(
        PriorityFactory(reference="EDP 2", name="Raise standards in mathematics", first_year=2026, last_year=2028),
        PriorityFactory(kind="theme", reference="", name="Every child matters", last_year=None, retired_on=TUESDAY),
        PriorityFactory(kind="inspection", reference="AP 1", name="Leadership", first_year=2027, last_year=None),
        PriorityFactory(kind="inspection", reference="AP 2", name="Attendance", first_year=2024, last_year=2025),
    )
    page = read(client, cast.chair, page_of(placement))
    for wanted in (
        "EDP 2 Raise standards in mathematics. From the authority’s education development plan, 2026-27 to 2028-29. "
        "It runs this year.",
        "Every child matters. A wider theme of the authority, from 2026-27. It is no longer among the priorities.",
        "AP 1 Leadership. From the authority’s inspection action plan, from 2027-28. It begins in 2027-28.",
        "AP 2 Attendance. From the authority’s inspection action plan, 2024-25 to 2025-26. It ended with 2025-26.",
    ):
        assert wanted in page, wanted


def test_r_13_3_a_head_reads_what_changed_at_home(client: Client, cast: Cast, placement: Placement) -> None:
    stories.write_up(cast, placement)
    for url in (reverse("evaluation:own_asts"), reverse("evaluation:own_asts_pdf")):
        page = read(client, cast.home_head, url)
        for wanted in (
            "What changed since the beginning of the Autumn term 2026",
            "1 day was given to 1 other school.",
            "No idea from another school was written down this year.",
        ):
            assert wanted in page, wanted
        host = read(client, cast.host_head, url)
        assert "Nothing has changed." in host
        assert "employs no AST at the moment" in host


def reviewed(placement: Placement, by: Any) -> None:
    """With an accepted review, however it came about."""
    review = ImpactReview.objects.create(
        placement=placement,
        term=Term.objects.get(slug="autumn-2026"),
        status="accepted",
        due_on=TUESDAY,
        head_comment="Seen.",
        accepted_by=by,
        accepted_at=stories.NOVEMBER,
    )
    for objective in placement.objectives.all():
        review.progress.create(objective=objective, progress="good", evidence="Books")


def test_r_13_2_many_summaries_cost_as_much_as_one(
    cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(16) as counted:
            summaries(Placement.objects.all(), TUESDAY)
        return len(counted)

    stories.accepted(cast, placement)
    before = queries()
    for _ in range(9):
        reviewed(elsewhere(cast, objectives=3), cast.coordinator)
    assert queries() == before


def test_the_summarys_page_costs_little(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    stories.accepted(cast, placement)
    client.force_login(cast.chair)
    client.get(page_of(placement))
    with django_assert_max_num_queries(20):
        client.get(page_of(placement))
