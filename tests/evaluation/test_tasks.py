"""Scheduled work, twice each: the second run changes nothing (R-10.8, R-16.4, N14, N18)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.messages import Message
from evaluation.diary.tasks import remind_of_missing_entries
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.tasks import look_after_reviews
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation import stories
from tests.evaluation.stories import TUESDAY

pytestmark = pytest.mark.django_db


def test_n14_a_day_without_entry_is_asked_for_after_a_week_once(cast: Cast, placement: Placement, clock: Any) -> None:
    OutreachDay.objects.create(placement=placement, on=TUESDAY - timedelta(days=6), days=1)
    assert remind_of_missing_entries() == 0
    clock.shift(timedelta(days=1))
    assert remind_of_missing_entries() == 1
    assert remind_of_missing_entries() == 0
    message = Message.objects.get(kind="diary-missing")
    assert message.to_email == cast.ast.email
    assert "18 November 2026" in message.subject
    assert "Pettifer" not in message.subject + message.body


def test_n14_days_that_were_written_up_or_cancelled_are_left_alone(
    cast: Cast, placement: Placement, clock: Any
) -> None:
    stories.write_up(cast, placement)
    OutreachDay.objects.create(
        placement=placement, on=TUESDAY, days=1, status="cancelled", cancelled_by="ast", cancelled_reason="Ill"
    )
    clock.shift(timedelta(days=30))
    assert remind_of_missing_entries() == 0


def test_n18_reviews_open_in_the_terms_last_three_weeks(cast: Cast, placement: Placement, clock: Any) -> None:
    assert look_after_reviews() == 0
    clock.move_to(datetime(2026, 11, 28, 9, tzinfo=UTC))
    assert look_after_reviews() == 1
    assert look_after_reviews() == 0
    assert ImpactReview.objects.get().placement == placement


def test_n18_a_worker_that_was_away_catches_up_after_the_term(cast: Cast, placement: Placement, clock: Any) -> None:
    clock.move_to(datetime(2026, 12, 27, 9, tzinfo=UTC))
    assert look_after_reviews() == 1


def test_n18_an_overdue_review_is_asked_for_once(cast: Cast, placement: Placement, clock: Any) -> None:
    stories.opened(placement)
    clock.move_to(datetime(2026, 12, 12, 9, tzinfo=UTC))
    assert look_after_reviews() == 1
    assert look_after_reviews() == 0
    assert Message.objects.get(kind="review-overdue").to_email == cast.ast.email


def test_the_first_page_tells_each_role_what_to_do(cast: Cast, placement: Placement, client: Client) -> None:
    OutreachDay.objects.create(placement=placement, on=TUESDAY - timedelta(days=7), days=1)
    OutreachDay.objects.create(placement=placement, on=TUESDAY + timedelta(days=7), days=1)
    stories.opened(placement)
    assert {t.title for t in tasks_for(cast.ast, today())} >= {"Write up your outreach day", "Write your impact review"}
    assert "Confirm outreach days at your school" in {t.title for t in tasks_for(cast.host_head, today())}
    for user in (cast.ast, cast.host_head, cast.home_head, cast.coordinator, cast.chair, cast.officer):
        client.force_login(user)
        assert client.get("/").status_code == 200


def test_the_coordinator_is_asked_to_decide(cast: Cast, placement: Placement) -> None:
    stories.commented(cast, placement)
    found = {t.title: t for t in tasks_for(cast.coordinator, today())}
    assert found["Decide on impact reviews"].count == 1
