"""Two days planned at once in one week at two schools: one wins, whoever was first (R-4.3)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from astcoord.core.clock import today
from astcoord.core.problems import Refused
from evaluation.diary import actions as diary
from evaluation.diary.actions import DayHeld, Telling
from placements.days import ledger
from placements.days.actions import days as actions
from placements.days.actions import parts
from placements.days.models import OutreachDay
from placements.days.rules.parts import usual
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from schools.calendar.actions import save_year
from schools.calendar.years import default_year, first_year_of, slug_of, slug_on
from staff.accounts.models import User
from tests.cast import Cast
from tests.placements.active import active, elsewhere
from tests.services.test_matches_races import together

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def monday(cast: Cast) -> date:
    """The Monday of a whole school week to come, in real time."""
    now = today()
    first = first_year_of(slug_on(now))
    for slug in {slug_of(first), slug_of(first + 1)} - {"2026-27"}:
        save_year(default_year(slug), by=None)
    return next(
        monday
        for monday in (calendar.monday(now) + timedelta(weeks=n) for n in range(1, 30))
        if len(calendar.between(monday, monday + timedelta(days=4)).school_days(monday, monday + timedelta(days=4)))
        == 5
    )


def both(cast: Cast, monday: date) -> list[Placement]:
    span = {"starts_on": monday - timedelta(days=21), "ends_on": monday + timedelta(days=60)}
    return [active(cast, **span), elsewhere(cast, **span)]


def planning(placement: Placement, on: date, user: User) -> Callable[[], Any]:
    return lambda: actions.plan_day(
        placement=Placement.objects.get(pk=placement.pk), on=on, days=Decimal(1), by=User.objects.get(pk=user.pk)
    )


def test_r_4_3_two_days_planned_at_once_at_two_schools_make_one(cast: Cast, monday: date) -> None:
    first, second = both(cast, monday)
    results = together(planning(first, monday, cast.ast), planning(second, monday + timedelta(days=2), cast.ast))
    assert sorted(type(r).__name__ for r in results) == ["OutreachDay", "Refused"]
    assert OutreachDay.objects.counting().filter(on__range=(monday, monday + timedelta(days=6))).count() == 1


def test_r_4_11_two_days_at_once_never_pass_the_contract(cast: Cast, monday: date) -> None:
    placement = active(cast, days=Decimal(1), starts_on=monday, ends_on=monday + timedelta(days=60))
    results = together(
        planning(placement, monday, cast.ast), planning(placement, monday + timedelta(days=9), cast.coordinator)
    )
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert ledger.placement_sums(placement)["plan"] == 1


def test_r_10_1_of_two_plans_for_a_day_saved_at_once_one_is_told_to_look_again(cast: Cast, monday: date) -> None:
    placement, _ = both(cast, monday)
    day = actions.plan_day(placement=placement, on=monday, days=Decimal(1), by=cast.ast)

    def saving(user: User) -> Callable[[], Any]:
        return lambda: parts.plan_parts(
            day=OutreachDay.objects.get(pk=day.pk), parts=usual(day.days), seen=0, by=User.objects.get(pk=user.pk)
        )

    results = together(saving(cast.ast), saving(cast.host_head))
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert day.parts.count() == len(usual(day.days))


def test_r_10_4_one_day_is_delivered_once(cast: Cast, monday: date, clock: Any) -> None:
    placement, _ = both(cast, monday)
    day = actions.plan_day(placement=placement, on=monday, days=Decimal(1), by=cast.ast)
    clock.shift(monday + timedelta(days=1) - today())
    told = Telling(priorities="Fractions", activities=("cpd",), talk_held=True)

    def write() -> Any:
        return diary.submit_entry(
            placement=Placement.objects.get(pk=placement.pk),
            held=DayHeld(day.on, Decimal(1), "host"),
            telling=told,
            by=User.objects.get(pk=cast.ast.pk),
        )

    results = together(write, write)
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert ledger.placement_sums(placement)["delivery"] == 1
