"""The time ledger's rules and its balances (R-4.x)."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.days.rules.balance import Balance, over_budget
from placements.days.rules.time import (
    DayUse,
    monday_of,
    outside_contract,
    over_half_term_average,
    over_weekly_cap,
    to_quarter,
    yearly_budget,
)
from tests.factories import PostFactory

TUESDAY = date(2026, 11, 3)
SATURDAY, NEXT_MONDAY = date(2026, 11, 7), date(2026, 11, 9)
quarters = st.integers(1, 8).map(lambda n: D(n) / 4)
days = st.dates(date(2026, 9, 1), date(2027, 7, 21))


@pytest.mark.parametrize(
    ("fte", "left", "budget"),
    [("1", 38, "38"), ("0.5", 38, "19"), ("0.6", 38, "22.75"), ("1", 19, "19"), ("1", 0, "0")],
)
def test_r_4_1_a_year_is_by_fte_and_by_the_weeks_left(fte, left, budget):
    assert yearly_budget(days_per_year=D(38), weeks=[D(fte)] * left, weeks_in_year=38) == D(budget)


def test_r_4_3_two_half_days_are_fine_and_a_third_is_refused():
    half = [DayUse(TUESDAY, D("0.5"))]
    assert over_weekly_cap(half, DayUse(SATURDAY, D("0.5")), cap=D(1)) == []
    (problem,) = over_weekly_cap([*half, *half], DayUse(TUESDAY, D("0.5")), cap=D(1))
    assert problem.rule == "R-4.3"
    assert "1 day of outreach" in problem.message


def test_r_4_3_a_week_runs_monday_to_sunday():
    assert over_weekly_cap([DayUse(SATURDAY, D(1))], DayUse(NEXT_MONDAY, D(1)), cap=D(1)) == []
    assert over_weekly_cap([DayUse(TUESDAY, D(1))], DayUse(SATURDAY, D(1)), cap=D(1))


def test_r_4_3_the_message_says_what_is_still_free():
    (problem,) = over_weekly_cap([DayUse(TUESDAY, D("0.5"))], DayUse(TUESDAY, D(1)), cap=D(1))
    assert "Choose 0.5 days or less" in problem.message


@given(st.lists(st.builds(DayUse, days, quarters), max_size=20))
def test_r_4_3_weekly_cap_counts_all_placements(wanted):
    """Whatever is tried in whatever order, no week ever holds more than the cap."""
    accepted: list[DayUse] = []
    for use in wanted:
        if not over_weekly_cap(accepted, use, cap=D(1)):
            accepted.append(use)
    for monday in {monday_of(u.on) for u in accepted}:
        assert sum(u.days for u in accepted if monday_of(u.on) == monday) <= 1


def test_r_4_5_two_days_in_one_week_fit_a_half_term_of_six():
    span = (date(2026, 11, 2), date(2026, 12, 11))
    uses = [DayUse(TUESDAY, D(1)), DayUse(NEXT_MONDAY, D(1))]
    assert over_half_term_average(uses, DayUse(SATURDAY, D(1)), cap=D(1), span=span, weeks=6) == []
    six = [DayUse(date(2026, 11, d), D(1)) for d in (3, 4, 10, 11, 17, 18)]
    assert over_half_term_average(six, DayUse(SATURDAY, D("0.5")), cap=D(1), span=span, weeks=6)[0].rule == "R-4.5"


def test_r_4_11_four_days_left_refuse_a_contract_of_six():
    (problem,) = over_budget(Balance(budget=D(38), contracted=D(34)).remaining, D(6))
    assert problem.rule == "R-4.11"
    assert "4 days left" in problem.message
    assert over_budget(Balance(budget=D(38), contracted=D(34)).remaining, D(4)) == []


def test_r_10_4_a_day_lies_within_the_contract():
    assert outside_contract(TUESDAY, TUESDAY, TUESDAY) == []
    assert "3 November 2026" in outside_contract(SATURDAY, TUESDAY, TUESDAY)[0].message


@pytest.mark.parametrize(("exact", "rounded"), [("22.8", "22.75"), ("22.875", "23"), ("0.124", "0")])
def test_budgets_are_in_quarters(exact, rounded):
    assert to_quarter(D(exact)) == D(rounded)


def test_r_4_1_a_budget_is_opened_once(cast):
    assert ledger.open_budget(cast.post, cast.year) is None
    assert ledger.balance(cast.post, cast.year).budget == 38


def test_r_4_1_a_starter_in_january_has_the_weeks_left(cast):
    post = PostFactory(starts_on=date(2027, 1, 4))
    ledger.open_budget(post, cast.year)
    assert D(20) < ledger.balance(post, cast.year).budget < D(26)


def test_r_4_11_a_balance_is_the_sum_of_its_entries(cast):
    placement = cast.placement(status="ended_early", ended_on=TUESDAY, ended_reason="The school closed")
    ledger.write("contract", placement, D(6), on=TUESDAY, by=cast.coordinator)
    ledger.write("contract", placement, D(-2), on=TUESDAY, by=cast.coordinator, reason="ended early")
    found = ledger.balance(cast.post, cast.year)
    assert (found.contracted, found.remaining) == (D(4), D(34))


def test_entries_are_never_edited(cast):
    entry = LedgerEntry.objects.get()
    entry.days = D(99)
    with pytest.raises(TypeError, match="append-only"):
        entry.save()


def test_many_balances_take_two_queries(cast, django_assert_num_queries):
    posts = [PostFactory() for _ in range(5)]
    for post in posts:
        ledger.open_budget(post, cast.year)
    with django_assert_num_queries(2):  # entries, and promises
        assert len(ledger.balances([p.pk for p in posts], cast.year)) == 5
