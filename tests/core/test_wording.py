"""How numbers, days, dates and lists are written: the examples in the docstrings, and what they do not show."""

import doctest
from datetime import date, datetime
from decimal import Decimal as D

import pytest
from django.template import Context, Template

from astcoord.core import wording


def test_the_examples_in_the_docstrings_hold():
    done = doctest.testmod(wording)
    assert done.attempted > 5
    assert not done.failed


@pytest.mark.parametrize(("value", "text"), [("1E+2", "100"), ("-0", "0"), ("-2.50", "-2.5"), ("0.25", "0.25")])
def test_numbers_carry_no_idle_noughts_and_no_exponents(value, text):
    assert wording.number(D(value)) == text


@pytest.mark.parametrize(
    ("number", "text"), [("0", "0 days"), ("1.00", "1 day"), ("2.50", "2.5 days"), ("10", "10 days")]
)
def test_days(number, text):
    assert wording.days_words(D(number)) == text


def test_less_than_one_is_not_one():
    assert wording.counted(D("0.5"), "day") == "0.5 days"
    assert wording.counted(0, "match", "matches") == "0 matches"


@pytest.mark.parametrize(
    ("hour", "text"), [(0, "12:00am"), (9, "9:00am"), (12, "12:00pm"), (13, "1:00pm"), (23, "11:00pm")]
)
def test_times_of_day(hour, text):
    assert wording.time_words(datetime(2027, 5, 3, hour)) == text


def test_dates_have_no_leading_nought():
    assert wording.date_words(date(2027, 5, 3)) == "3 May 2027"


def test_a_list_may_be_made_as_it_is_read():
    assert wording.listed(letter for letter in "abc") == "a, b and c"


@pytest.mark.parametrize("library", ["govuk", "documents"])
def test_pages_and_papers_count_with_one_filter(library):
    template = Template("{% load " + library + ' %}{{ n|counted:"school" }}, {{ n|counted:"match,matches" }}')
    assert template.render(Context({"n": 1})) == "1 school, 1 match"
    assert template.render(Context({"n": 2})) == "2 schools, 2 matches"
