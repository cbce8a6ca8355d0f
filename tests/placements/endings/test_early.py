"""How a placement ends before its time: by either party, undone before its start, taken back (R-8.14, R-20.13)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.days import ledger
from placements.days.actions import days
from placements.endings.actions import early
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def test_r_8_14_the_host_ends_early_and_unused_days_return(cast: Cast, clock: Any) -> None:
    placement = stories.active(cast)
    day = days.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)
    days.plan_day(placement=placement, on=date(2026, 11, 10), days=Decimal(1), by=cast.ast)
    before = ledger.balance(cast.post, cast.year).remaining
    clock.move_to("2026-11-03 16:00:00Z")
    days.deliver_day(day=day, on=day.on, days=day.days, venue=day.venue, by=cast.ast)

    early.end_early(
        placement=placement,
        by=cast.host_head,
        ended_on=date(2026, 11, 3),
        category="staffing",
        reason="Staffing changed",
    )

    placement.refresh_from_db()
    assert placement.status == "ended_early"
    assert ledger.balance(cast.post, cast.year).remaining == before + 5
    assert placement.outreach_days.filter(status="cancelled", cancelled_by="host").count() == 1
    told = set(Message.objects.filter(kind="placement-ended").values_list("to_email", flat=True))
    assert {cast.ast.email, cast.home_head.email, cast.coordinator.email, cast.host.chair_email} <= told


def test_r_8_14_either_party_alone_and_nobody_else(cast: Cast) -> None:
    placement = stories.active(cast)

    with pytest.raises(PermissionDenied):
        early.end_early(
            placement=placement, by=cast.home_head, ended_on=date(2026, 10, 6), category="time", reason="No cover"
        )
    early.end_early(
        placement=placement, by=cast.ast, ended_on=date(2026, 10, 6), category="staffing", reason="New post elsewhere"
    )

    assert placement.status == "ended_early"


@pytest.mark.parametrize(
    ("ended_on", "reason", "field"),
    [(date(2026, 10, 7), "Because", "ended_on"), (date(2026, 10, 6), "  ", "ended_reason")],
)
def test_r_8_14_an_early_end_has_a_day_and_a_reason(cast: Cast, ended_on: date, reason: str, field: str) -> None:
    placement = stories.active(cast)

    with pytest.raises(Refused) as refused:
        early.end_early(placement=placement, by=cast.host_head, ended_on=ended_on, category="other", reason=reason)

    assert [p.field for p in refused.value.problems] == [field]


def test_the_coordinator_says_who_ended_it(cast: Cast) -> None:
    placement = stories.active(cast)

    with pytest.raises(Refused, match="who ended"):
        early.end_early(
            placement=placement,
            by=cast.coordinator,
            ended_on=date(2026, 10, 6),
            category="other",
            reason="Told by phone",
        )
    early.end_early(
        placement=placement,
        by=cast.coordinator,
        ended_on=date(2026, 10, 6),
        category="other",
        reason="Told by phone",
        side="host",
    )

    assert AuditEvent.objects.about(placement).filter(reason="Told by phone", by=cast.coordinator).exists()


def test_abandoning_gives_the_days_back_and_stops_the_post(cast: Cast) -> None:
    placement = stories.issued(cast)
    version = stories.in_force(placement)

    early.abandon(placement=placement, by=cast.coordinator, reason="The school has closed its Year 6 class")

    assert placement.status == "closed"
    assert ledger.placement_sums(placement)["contract"] == 0
    assert not Message.objects.about(version).filter(status="queued").exists()


def test_only_the_coordinator_abandons_and_only_before_the_start(cast: Cast, clock: Any) -> None:
    placement = stories.active(cast)

    with pytest.raises(PermissionDenied):
        early.abandon(placement=placement, by=cast.host_head, reason="Changed our minds")
    clock.move_to("2026-11-03 09:00:00Z")
    with pytest.raises(Refused, match="has begun"):
        early.abandon(placement=placement, by=cast.coordinator, reason="Changed our minds")
