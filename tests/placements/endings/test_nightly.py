"""What happens by dates, and twice does no harm (R-16.4, N19)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem, Refused
from placements import tasks
from placements.days.actions import days
from placements.endings.actions import completing, early, hooks
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active, elsewhere
from tests.placements.endings import ends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def test_n_19_the_window_opens_a_fortnight_before_the_last_day_and_once(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    clock.move_to("2027-01-28 06:30:00Z")
    assert tasks.open_final_evaluations() == 0
    clock.move_to("2027-01-29 06:30:00Z")
    assert tasks.open_final_evaluations() == 1
    count = Message.objects.count()
    assert tasks.open_final_evaluations() == 0

    placement.refresh_from_db()
    assert placement.status == "final_evaluation"
    assert Message.objects.count() == count


def test_r_16_4_one_that_is_refused_does_not_keep_the_others(
    cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = active(cast), elsewhere(cast, days=Decimal(1))

    def refuses(placement: Placement) -> None:
        if placement == first:
            raise Refused([Problem("Its papers are being printed.")])

    monkeypatch.setattr(hooks, "on_final_evaluation", [refuses])
    clock.move_to("2027-01-29 06:30:00Z")
    assert tasks.open_final_evaluations() == 1
    assert [Placement.objects.get(pk=each.pk).status for each in (first, second)] == ["active", "final_evaluation"]
    assert f"Placement {first.pk} was left for next time: Its papers are being printed." in caplog.text
    assert not Message.objects.about(first).filter(kind="final-evaluation").exists()


def test_a_night_that_was_missed_is_made_good(cast: Cast, clock: Any) -> None:
    active(cast)
    clock.move_to("2027-03-01 06:30:00Z")
    assert tasks.open_final_evaluations() == 1


def test_whoever_is_late_is_reminded_twice_and_then_the_coordinator_once(
    cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    placement = active(cast)
    clock.move_to("2027-02-08 09:00:00Z")
    days.plan_day(placement=placement, on=date(2027, 2, 9), days=Decimal(1), by=cast.ast)
    tasks.open_final_evaluations()
    wanted = Problem("The host headteacher’s form is missing.", "host_head", "R-11.3")
    monkeypatch.setattr(hooks, "before_completed", [lambda placement: [wanted]])

    counts = {}
    for day in range(12, 32):
        clock.move_to(date(2027, 2, 1).replace(day=day) if day < 29 else date(2027, 3, day - 28))
        counts[day] = tasks.remind_of_endings()

    assert {day: n for day, n in counts.items() if n} == {13: 2, 19: 2, 26: 1}
    overdue = Message.objects.filter(kind="placement-overdue").order_by("pk")
    assert [m.to_email for m in overdue] == [
        *[cast.ast.email, cast.host_head.email] * 2,
        cast.coordinator.email,
    ]
    assert "Not written up yet: 9 February 2027" in overdue[0].body
    assert "form is missing" not in overdue[0].body
    assert "form is missing" in overdue[4].body


def test_where_only_the_coordinator_is_waited_for_the_coordinator_hears(cast: Cast, clock: Any) -> None:
    ends.evaluated(cast, clock)
    clock.move_to("2027-02-13 07:00:00Z")
    assert tasks.remind_of_endings() == 1
    assert "co-ordinator can complete it" in Message.objects.get(kind="placement-overdue").body


def test_it_closes_by_itself_when_nothing_more_can_come(cast: Cast, clock: Any) -> None:
    placement = ends.completed(cast, clock)
    clock.move_to("2027-03-14 06:50:00Z")
    assert tasks.close_placements() == 0
    clock.move_to("2027-03-15 06:50:00Z")
    assert (tasks.close_placements(), tasks.close_placements()) == (1, 0)
    placement.refresh_from_db()
    assert placement.status == "closed"


def test_what_is_still_waited_for_keeps_it_open_for_a_year(
    cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends.completed(cast, clock)
    monkeypatch.setattr(hooks, "before_closed", [lambda placement: [Problem("The evaluation is asked for.")]])
    clock.move_to("2028-02-12 06:50:00Z")
    assert tasks.close_placements() == 0
    clock.move_to("2028-02-13 06:50:00Z")
    assert tasks.close_placements() == 1


def test_days_still_to_be_written_up_keep_it_open(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    day = days.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)
    clock.move_to("2026-11-04 09:00:00Z")
    early.end_early(
        placement=placement, by=cast.ast, ended_on=date(2026, 11, 4), category="staffing", reason="New post"
    )
    clock.move_to("2027-11-10 06:50:00Z")
    assert tasks.close_placements() == 0
    days.cancel_day(day=day, side="ast", reason="It was not held", by=cast.ast)
    assert tasks.close_placements() == 1
    placement.refresh_from_db()
    assert completing.days_used(placement) == 0
