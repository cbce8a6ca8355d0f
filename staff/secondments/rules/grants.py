"""What the authority pays for a secondment, in pounds (R-2.18, R-2.20). Pure, and exact to the penny."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, pounds

TERMS = 3
"""Terms of a year."""
ZERO = Decimal(0)
PENNY = Decimal("0.01")
M6 = 0
"""The top of the main scale, among the points of the AST scale: it lies below them."""


class Rates(Protocol):
    """The policy's figures."""

    grant_before_pass: Decimal
    grant_cover: Decimal
    grant_expenses: Decimal
    pre_grant_continues: bool


@dataclass(frozen=True)
class Grant:
    """A year's grant by element, and what is deducted because the school has it from elsewhere."""

    elements: tuple[tuple[str, Decimal], ...]
    other: Decimal

    @property
    def whole(self) -> Decimal:
        """Before the deduction."""
        return sum((amount for _, amount in self.elements), ZERO)

    @property
    def year(self) -> Decimal:
        """What is paid for a year; never less than nothing."""
        return max(self.whole - self.other, ZERO)

    def of_term(self, number: int) -> Decimal:
        """A third of the year for the first, second or third term; the three together are the year to the penny."""
        return _thirds(self.year, number) - _thirds(self.year, number - 1)


def _thirds(amount: Decimal, number: int) -> Decimal:
    return (amount * number / TERMS).quantize(PENNY, ROUND_HALF_UP)


def before_pass(rates: Rates, *, other: Decimal) -> Grant:
    """A sum for each term, which also pays for the preparation for the assessment."""
    return Grant((_termly(rates),), other)


def after_pass(rates: Rates, *, lowest: Decimal, m6: Decimal, other: Decimal) -> Grant:
    """Three elements: the step from the top of the main scale to the range, cover, expenses.

    They take the place of the sum for each term, unless the policy lets that go on.
    """
    elements = [
        ("Lowest point of the range less M6", max(lowest - m6, ZERO)),
        ("Cover", rates.grant_cover),
        ("Expenses", rates.grant_expenses),
    ]
    return Grant((*elements, *([_termly(rates)] if rates.pre_grant_continues else [])), other)


def _termly(rates: Rates) -> tuple[str, Decimal]:
    return f"{TERMS} terms at {pounds(rates.grant_before_pass)}", rates.grant_before_pass * TERMS


def is_paid(first: date, last: date, *, starts_on: date, ends_on: date) -> bool:
    """Whether a term is paid: the secondment runs on at least half of its days, so that 36 months are nine terms."""
    shared = (min(last, ends_on) - max(first, starts_on)).days + 1
    return shared * 2 >= (last - first).days + 1


def has_passed(passed_on: date | None, *, on: date) -> bool:
    """The three elements are paid from the first term that begins on or after the day of the pass."""
    return passed_on is not None and passed_on <= on


def declaration_problems(other: Decimal | None) -> list[Problem]:
    """R-2.20: nothing is paid before the school has said what it has from elsewhere, or that it has nothing."""
    if other is None:
        words = "The school has not declared its other funding. Nothing is paid before: enter the sum, or 0 for none."
        return [Problem(words, "", "R-2.20", "undeclared")]
    return []


def figure_problems(figures: Mapping[int, Decimal], wanted: Iterable[int], *, on: date) -> list[Problem]:
    """A figure that nobody has entered is named; it never counts as nothing."""
    missing = [point_words(each) for each in wanted if each not in figures]
    words = "Enter the salary at {} first: none is known for {}"
    return [Problem(words.format(each, date_words(on)), "", "R-2.18", "figure") for each in missing]


def point_words(point: int) -> str:
    """ "M6" for the top of the main scale, "point 5" for one of the AST scale."""
    return "M6" if point == M6 else f"point {point}"
