"""The rules of secondments by themselves: ranges, places, months, grants."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.secondments.rules import clock, grants, proposals


@dataclass(frozen=True)
class Rates:
    """Norfolk’s figures."""

    grant_before_pass: Decimal = Decimal(1750)
    grant_cover: Decimal = Decimal(6200)
    grant_expenses: Decimal = Decimal(500)
    pre_grant_continues: bool = False


ZERO = Decimal(0)


@pytest.mark.parametrize(("start", "right"), [(0, False), (1, True), (5, True), (6, False), (None, False)])
def test_r_2_19_a_seconded_range_is_five_points_inside_one_to_nine(start: int | None, right: bool) -> None:
    found = proposals.range_problems(start, first=1, last=9)
    assert bool(found) is not right
    assert all(each.rule == "R-2.19" for each in found)


def test_r_2_18_after_the_pass_three_elements_a_year() -> None:
    grant = grants.after_pass(Rates(), lowest=Decimal(34938), m6=Decimal(30000), other=ZERO)
    assert [amount for _, amount in grant.elements] == [4938, 6200, 500]
    assert grant.year == 11638


def test_r_2_18_before_the_pass_a_sum_for_each_term() -> None:
    grant = grants.before_pass(Rates(), other=ZERO)
    assert grant.year == 5250
    assert [grant.of_term(number) for number in (1, 2, 3)] == [1750] * 3


def test_r_2_18_the_sum_for_a_term_goes_on_where_the_policy_says_so() -> None:
    rates = Rates(pre_grant_continues=True)
    assert grants.after_pass(rates, lowest=Decimal(34938), m6=Decimal(30000), other=ZERO).year == 11638 + 5250


def test_r_2_18_the_step_is_never_below_nothing() -> None:
    assert grants.after_pass(Rates(), lowest=Decimal(29000), m6=Decimal(30000), other=ZERO).year == 6700


def test_r_2_20_other_funding_is_deducted_and_a_blank_declaration_blocks() -> None:
    grant = grants.after_pass(Rates(), lowest=Decimal(34938), m6=Decimal(30000), other=Decimal(1000))
    assert grant.year == 10638
    assert grants.before_pass(Rates(), other=Decimal(9999)).year == 0
    assert grants.declaration_problems(None)[0].rule == "R-2.20"
    assert not grants.declaration_problems(ZERO)


@given(st.decimals(min_value=0, max_value=99999, places=2))
def test_r_2_18_three_terms_are_the_year_to_the_penny(amount: Decimal) -> None:
    grant = grants.Grant((("x", amount),), ZERO)
    assert sum(grant.of_term(number) for number in (1, 2, 3)) == grant.year


def test_r_2_18_a_figure_that_nobody_entered_is_named() -> None:
    found = grants.figure_problems({1: Decimal(34938)}, [1, grants.M6], on=date(2026, 9, 1))
    assert [each.message for each in found] == ["Enter the salary at M6 first: none is known for 1 September 2026"]


def test_r_2_17_thirty_six_months_are_nine_terms_whenever_they_begin() -> None:
    terms = [
        (date(year, *first), date(year, *last))
        for year in range(2026, 2031)
        for first, last in (((1, 5), (4, 1)), ((4, 19), (7, 21)), ((9, 1), (12, 18)))
    ]
    for starts_on in (date(2026, 9, 1), date(2026, 10, 19), date(2027, 1, 1), date(2027, 3, 1)):
        ends_on = clock.last_day(starts_on, 36)
        paid = [each for each in terms if grants.is_paid(*each, starts_on=starts_on, ends_on=ends_on)]
        assert len(paid) == 9, starts_on


def test_r_2_17_an_ending_is_asked_for_at_month_33() -> None:
    ends_on = clock.last_day(date(2026, 9, 1), 36)
    assert ends_on == date(2029, 8, 31)
    assert clock.asked_on(ends_on) == clock.months_later(date(2026, 9, 1), 33)


def test_r_2_16_whoever_waits_longer_comes_first() -> None:
    assert proposals.has_place(taken=11, ahead=0, most=12)
    assert not proposals.has_place(taken=11, ahead=1, most=12)
    assert proposals.still_full(taken=12, ahead=[], most=12)[0].code == "full"
    assert proposals.still_full(taken=11, ahead=["Ada, Oak School"], most=12)[0].code == "ahead"
    assert not proposals.still_full(taken=10, ahead=["Ada, Oak School"], most=12)
