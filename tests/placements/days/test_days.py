"""Outreach days within every rule, and their entries in the ledger (R-4.3, R-4.5, R-8.0, R-8.13, R-10.4, R-10.9)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.days import ledger
from placements.days.actions import days as actions
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.reads.days import series
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active, elsewhere

pytestmark = pytest.mark.django_db

HALF, WHOLE = Decimal("0.5"), Decimal(1)
FIRST = date(2026, 11, 3)  # a Tuesday
THURSDAY = date(2026, 11, 5)


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Active, six days from 3 November to 12 February."""
    return active(cast)


def plan(cast: Cast, placement: Placement, on: date = FIRST, days: Decimal = WHOLE, **more: Any) -> OutreachDay:
    return actions.plan_day(placement=placement, on=on, days=days, by=more.pop("by", cast.ast), **more)


def rules_broken(refused: Any) -> set[str]:
    return {problem.rule for problem in refused.value.problems}


def test_planning_writes_the_ledger_and_tells_the_host(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement, note="Years 5 and 6")
    assert ledger.placement_sums(placement)["plan"] == WHOLE
    assert AuditEvent.objects.about(day).get().verb == "outreach day: planned"
    message = Message.objects.get(kind="day-planned")
    assert message.to_email == cast.host_head.email
    assert "Tuesday 3 November 2026, whole day, at the host school" in message.body
    assert "5 school days of notice" in message.body
    assert "Pettifer" not in message.subject + message.body


def test_r_4_3_two_half_days_at_two_schools_are_fine_and_a_third_is_refused(cast: Cast, placement: Placement) -> None:
    second = elsewhere(cast)
    plan(cast, placement, FIRST, HALF)
    plan(cast, second, THURSDAY, HALF)
    with pytest.raises(Refused) as refused:
        plan(cast, second, FIRST + timedelta(days=1), HALF)
    assert rules_broken(refused) == {"R-4.3"}
    assert "That week already holds 1 day of outreach" in str(refused.value)


def test_r_4_3_a_second_whole_day_in_a_week_is_refused_even_elsewhere(cast: Cast, placement: Placement) -> None:
    plan(cast, placement, FIRST)
    with pytest.raises(Refused, match="no more than 1 day a week"):
        plan(cast, elsewhere(cast), THURSDAY)
    assert plan(cast, placement, FIRST + timedelta(days=7)).days == 1


def test_r_4_3_cancelled_days_free_the_week(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    actions.cancel_day(day=day, side="host", reason="Inspection", by=cast.host_head)
    assert plan(cast, placement, THURSDAY).on == THURSDAY


def test_r_4_5_with_averaging_two_days_in_a_week_are_accepted(cast: Cast, placement: Placement) -> None:
    cast.policy.cap_mode = "half_term_average"
    cast.policy.save()
    plan(cast, placement, FIRST)
    assert plan(cast, placement, THURSDAY).on == THURSDAY


def test_r_4_5_averaging_keeps_the_half_terms_total(cast: Cast, placement: Placement) -> None:
    cast.policy.cap_mode, cast.policy.weekly_outreach_cap = "half_term_average", Decimal("0.25")
    cast.policy.save()  # seven teaching weeks: 1.75 days
    plan(cast, placement, FIRST)
    with pytest.raises(Refused) as refused:
        plan(cast, placement, THURSDAY)
    assert "R-4.5" in rules_broken(refused)


def test_r_4_3_nobody_is_at_two_schools_on_one_whole_day(cast: Cast, placement: Placement) -> None:
    cast.policy.cap_mode = "half_term_average"
    cast.policy.save()
    plan(cast, placement, FIRST)
    with pytest.raises(Refused, match="already holds 1 day of outreach at another school"):
        plan(cast, elsewhere(cast), FIRST, HALF)


def test_r_8_0_no_day_before_the_preliminary_meeting(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        plan(cast, cast.placement())
    assert rules_broken(refused) == {"R-8.0"}


def test_r_8_13_no_day_before_the_placement_is_active(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        plan(cast, active(cast, status="awaiting_signatures"))
    assert rules_broken(refused) == {"R-8.13"}
    assert "Waiting for signatures" in str(refused.value)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2026, 11, 2), "not a school day"),  # INSET, and before the contract
        (date(2026, 11, 7), "it is a Saturday"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 29), "it is in the holidays"),
        (date(2027, 3, 2), "the dates of the contract"),
        (date(2026, 10, 1), "today or later"),
    ],
)
def test_r_10_4_the_date_is_a_school_day_within_the_contract(
    cast: Cast, placement: Placement, on: date, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        plan(cast, placement, on)
    assert not OutreachDay.objects.exists()


@pytest.mark.parametrize("days", ["0", "-1", "1.25", "0.3", "100"])
def test_a_day_is_part_of_a_day(cast: Cast, placement: Placement, days: str) -> None:
    with pytest.raises(Refused, match="half a day or a whole day"):
        plan(cast, placement, FIRST, Decimal(days))


def test_r_4_11_no_more_days_than_the_contract(cast: Cast, placement: Placement) -> None:
    for week in range(6):
        plan(cast, placement, FIRST + timedelta(weeks=week))
    with pytest.raises(Refused, match="The contract is for 6 days and 0 days of them are left"):
        plan(cast, placement, date(2027, 1, 12))


def test_one_day_per_date_and_school(cast: Cast, placement: Placement) -> None:
    plan(cast, placement, FIRST, HALF)
    with pytest.raises(Refused, match="already an outreach day on 3 November 2026"):
        plan(cast, placement, FIRST, HALF)


def test_only_the_ast_and_the_office_plan(cast: Cast, placement: Placement) -> None:
    for person in (cast.host_head, cast.home_head, cast.outsider, cast.chair, cast.officer):
        with pytest.raises(PermissionDenied):
            plan(cast, placement, by=person)
    assert plan(cast, placement, by=cast.administrator).pk
    assert {m.to_email for m in Message.objects.filter(kind="day-planned")} == {cast.host_head.email, cast.ast.email}


def test_r_10_9_a_cancelled_day_keeps_side_and_reason_and_gives_its_time_back(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    actions.cancel_day(day=day, side="host", reason=" Inspection ", by=cast.host_head)
    day.refresh_from_db()
    assert (day.status, day.cancelled_by, day.cancelled_reason) == ("cancelled", "host", "Inspection")
    assert ledger.placement_sums(placement)["plan"] == 0
    assert Message.objects.get(kind="day-planned").status == "cancelled"
    assert Message.objects.get(kind="day-cancelled").to_email == cast.ast.email


def test_r_10_9_no_cancellation_without_side_and_reason(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    with pytest.raises(Refused) as refused:
        actions.cancel_day(day=day, side="", reason=" ", by=cast.ast)
    assert [p.field for p in refused.value.problems] == ["side", "reason"]
    with pytest.raises(PermissionDenied):
        actions.cancel_day(day=day, side="host", reason="Not mine", by=cast.outsider)


def test_r_10_9_a_day_moves_within_the_cap(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    plan(cast, placement, FIRST + timedelta(days=7))
    moved = actions.change_day(day=day, on=THURSDAY, days=HALF, venue="home", by=cast.ast)
    assert (moved.on, moved.days, moved.venue) == (THURSDAY, HALF, "home")
    assert ledger.placement_sums(placement)["plan"] == Decimal("1.5")
    with pytest.raises(Refused) as refused:
        actions.change_day(day=moved, on=FIRST + timedelta(days=9), days=HALF, venue="home", by=cast.ast)
    assert rules_broken(refused) == {"R-4.3"}


def test_only_the_host_head_confirms(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    for person in (cast.home_head, cast.ast, cast.coordinator):
        with pytest.raises(PermissionDenied):
            actions.confirm_day(day=day, by=person)
    assert actions.confirm_day(day=day, by=cast.host_head).status == "confirmed"


def test_delivery_puts_the_plan_right(cast: Cast, placement: Placement, clock: Any) -> None:
    day = plan(cast, placement)
    clock.move_to(datetime(2026, 11, 6, 9, tzinfo=UTC))
    actions.deliver_day(day=day, on=THURSDAY, days=HALF, venue="host", by=cast.ast)
    day.refresh_from_db()
    assert (day.status, day.on, day.days) == ("done", THURSDAY, HALF)
    sums = ledger.placement_sums(placement)
    assert (sums["plan"], sums["delivery"]) == (HALF, HALF)
    assert list(LedgerEntry.objects.filter(day=day).values_list("kind", "days")) == [
        ("plan", WHOLE),
        ("plan", -WHOLE),
        ("plan", HALF),
        ("delivery", HALF),
    ]


def test_r_10_4_nothing_is_delivered_in_the_future(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement)
    with pytest.raises(Refused, match="today or in the past"):
        actions.deliver_day(day=day, on=FIRST, days=WHOLE, venue="host", by=cast.ast)


def test_days_up_to_an_early_end_can_still_be_written_up(cast: Cast, placement: Placement, clock: Any) -> None:
    day = plan(cast, placement)
    clock.move_to(datetime(2026, 11, 6, 9, tzinfo=UTC))
    Placement.objects.filter(pk=placement.pk).update(
        status="ended_early", ended_on=date(2026, 11, 4), ended_reason="Agreed"
    )
    day.placement.refresh_from_db()
    assert actions.deliver_day(day=day, on=FIRST, days=WHOLE, venue="host", by=cast.ast).status == "done"
    with pytest.raises(Refused) as refused:
        actions.begin_day(placement=placement, on=date(2026, 11, 6), days=HALF, venue="host", by=cast.ast)
    assert rules_broken(refused) == {"R-8.13"}


def test_a_series_skips_closed_days_and_stops_at_the_contract(cast: Cast, placement: Placement) -> None:
    plan(cast, placement, date(2026, 11, 12))
    found = series(placement, first=FIRST, last=date(2027, 2, 12), weekday=1, days=WHOLE)
    left_out = {c.on: c.left_out for c in found if c.left_out}
    assert "That week already holds 1 day" in left_out[date(2026, 11, 10)]
    assert "it is in the holidays" in left_out[date(2026, 12, 22)]
    assert "The contract is for 6 days" in left_out[date(2027, 2, 9)]
    dates = [c.on for c in found if not c.left_out]
    assert len(dates) == 5
    planned = actions.plan_series(placement=placement, dates=dates, days=WHOLE, by=cast.ast)
    assert [day.on for day in planned] == dates
    assert ledger.placement_sums(placement)["plan"] == 6
    assert Message.objects.filter(kind="day-planned", to_email=cast.host_head.email).count() == 2


def test_a_series_is_saved_whole_or_not_at_all(cast: Cast, placement: Placement) -> None:
    dates = [FIRST, FIRST + timedelta(days=7)]
    plan(cast, placement, FIRST + timedelta(days=8))
    with pytest.raises(Refused):
        actions.plan_series(placement=placement, dates=dates, days=WHOLE, by=cast.ast)
    assert OutreachDay.objects.count() == 1
    with pytest.raises(Refused, match="no date that can be planned"):
        actions.plan_series(placement=placement, dates=[], days=WHOLE, by=cast.ast)


def test_a_series_costs_the_same_queries_however_long(
    cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        assert len(series(placement, first=FIRST, last=date(2027, 2, 12), weekday=1, days=HALF)) == 15
