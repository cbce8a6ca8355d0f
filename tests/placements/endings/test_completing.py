"""The agreed end: window, completed, return, closed, and each taken back (R-11.5, R-13.1, N19, N20)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem, Refused
from placements.days import ledger
from placements.days.actions import days
from placements.endings.actions import completing, hooks
from placements.placement.models import Placement, PlannedReview
from tests.cast import Cast
from tests.placements.active import active, elsewhere
from tests.placements.endings import ends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("to_email", flat=True))


def parties(cast: Cast) -> set[str]:
    return {cast.ast.email, cast.host_head.email, cast.home_head.email, cast.coordinator.email}


def test_n_19_the_window_tells_everybody_with_the_dates(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    placement.supported.filter(name="Juno Pettifer").update(email="juno@marlshire.example")
    PlannedReview.objects.create(placement=placement, kind="final_evaluation", on=date(2027, 2, 9))

    completing.open_final_evaluation(placement=placement, by=cast.coordinator)

    assert placement.status == "final_evaluation"
    assert told("final-evaluation") == parties(cast) | {"juno@marlshire.example"}
    text = Message.objects.get(kind="final-evaluation", to_email="juno@marlshire.example").body
    assert "12 February 2027" in text
    assert "9 February 2027" in text
    assert text.startswith("Dear colleague\n")


def test_only_the_coordinator_opens_it_before_its_time(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        completing.open_final_evaluation(placement=active(cast), by=cast.ast)


def test_opened_too_soon_it_goes_on_but_not_in_the_last_fortnight(cast: Cast, clock: Any) -> None:
    placement = completing.open_final_evaluation(placement=active(cast), by=cast.coordinator)
    completing.resume(placement=placement, by=cast.coordinator, reason="The wrong placement")
    assert placement.status == "active"

    completing.open_final_evaluation(placement=placement, by=cast.coordinator)
    clock.move_to("2027-01-29 09:00:00Z")
    with pytest.raises(Refused, match="last fortnight"):
        completing.resume(placement=placement, by=cast.coordinator, reason="The wrong placement")


def test_r_11_5_completing_is_refused_with_everything_that_is_missing(
    cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    placement = ends.evaluated(cast, clock)
    clock.move_to("2027-02-01 09:00:00Z")
    days.plan_day(placement=placement, on=date(2027, 2, 2), days=Decimal(1), by=cast.ast)
    days.plan_day(placement=placement, on=date(2027, 2, 9), days=Decimal(1), by=cast.ast)
    clock.move_to("2027-02-03 09:00:00Z")
    wanted = Problem("The final evaluation has not been held.", "host_head", "R-11.5")
    monkeypatch.setattr(hooks, "before_completed", [lambda placement: [wanted]])

    with pytest.raises(Refused) as refused:
        completing.complete(placement=placement, by=cast.coordinator)

    assert [p.message for p in refused.value.problems] == [
        "Not written up yet: 2 February 2027. The AST writes the diary of it, or calls it off.",
        "Still planned: 9 February 2027. Call off it, or wait.",
        "The final evaluation has not been held.",
    ]
    placement.refresh_from_db()
    assert placement.status == "final_evaluation"
    assert ledger.placement_sums(placement)["contract"] == 6


def test_r_13_1_completed_unused_days_return_and_the_chair_is_told(cast: Cast, clock: Any) -> None:
    placement = ends.evaluated(cast, clock)
    before = ledger.balance(cast.post, cast.year).remaining
    clock.move_to("2027-02-20 09:00:00Z")

    completing.complete(placement=placement, by=cast.coordinator)

    assert (placement.status, placement.ended_on, placement.ended_reason) == ("completed", ends.LAST, "")
    assert ledger.balance(cast.post, cast.year).remaining == before + 4
    assert told("placement-completed") == parties(cast) | {cast.host.chair_email}
    words = Message.objects.get(kind="placement-completed", to_email=cast.host.chair_email)
    assert "12 February 2027" in words.body
    assert not any(name in words.subject + words.body for name in ("Juno", "Pettifer", "Sorrel", "Ambleforth"))


def test_completed_before_the_agreed_day_it_was_over_that_day(cast: Cast, clock: Any) -> None:
    placement = ends.evaluated(cast, clock)
    clock.move_to("2027-02-05 09:00:00Z")
    assert completing.complete(placement=placement, by=cast.coordinator).ended_on == date(2027, 2, 5)


def test_nobody_else_completes_and_nobody_twice(cast: Cast, clock: Any) -> None:
    placement = ends.evaluated(cast, clock)
    for person in (cast.ast, cast.host_head, cast.administrator):
        with pytest.raises(PermissionDenied):
            completing.complete(placement=placement, by=person)
    completing.complete(placement=placement, by=cast.coordinator)
    with pytest.raises(Refused, match="no longer possible"):
        completing.complete(placement=placement, by=cast.coordinator)
    assert Message.objects.filter(kind="placement-completed", to_email=cast.ast.email).count() == 1


def test_a_completion_is_taken_back_with_its_days_and_may_come_again(cast: Cast, clock: Any) -> None:
    placement = ends.completed(cast, clock)
    completing.reopen(placement=placement, by=cast.coordinator, reason="Two days were forgotten")
    assert (placement.status, placement.ended_on) == ("final_evaluation", None)
    assert ledger.placement_sums(placement)["contract"] == 6
    assert cast.host.chair_email in told("placement-taken-back")

    completing.complete(placement=placement, by=cast.coordinator)
    assert Message.objects.filter(kind="placement-completed", to_email=cast.ast.email).count() == 2


def test_r_4_11_it_is_not_taken_back_when_its_days_are_promised_elsewhere(cast: Cast, clock: Any) -> None:
    placement = ends.completed(cast, clock)
    left = ledger.balance(cast.post, cast.year).remaining
    elsewhere(cast, days=left)
    with pytest.raises(Refused):
        completing.reopen(placement=placement, by=cast.coordinator, reason="Two days were forgotten")
    placement.refresh_from_db()
    assert placement.status == "completed"


def _awaited(placement: Placement) -> None:
    completing.await_return(placement)


def test_the_return_visit_is_waited_for_and_closed(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "on_completed", [_awaited])
    placement = ends.completed(cast, clock)
    assert placement.status == "return_due"
    with pytest.raises(Refused):
        completing.close(placement=placement, by=cast.coordinator)

    completing.record_return(placement=placement, by=cast.coordinator)
    assert placement.status == "return_done"
    completing.close(placement=placement, by=cast.coordinator)
    assert placement.status == "closed"


def test_a_return_visit_that_is_called_off_leaves_it_completed(
    cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "on_completed", [_awaited])
    placement = ends.completed(cast, clock)
    completing.drop_return(placement=placement, by=cast.coordinator, reason="The school has closed")
    assert completing.close(placement=placement, by=cast.coordinator).status == "closed"
