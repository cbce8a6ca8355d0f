"""Grants by term, from what is known (R-2.18)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from astcoord.core import policy
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Problem
from schools.calendar.lifecycle import Season
from schools.calendar.models import Term
from staff.pay.models import SpineFigure
from staff.secondments.models import GrantStatement, Secondment
from staff.secondments.rules import grants

SEASONS = (Season.AUTUMN, Season.SPRING, Season.SUMMER)


@dataclass(frozen=True)
class Due:
    """What a term is paid: the year by element, the term's part of it; or why that cannot be said."""

    grant: grants.Grant | None
    amount: Decimal
    passed: bool
    lowest: Decimal | None
    m6: Decimal | None
    problems: list[Problem]


@dataclass(frozen=True)
class TermRow:
    """One term of a secondment on its page."""

    term: Term
    statement: GrantStatement | None
    due: Due


def figures_on(day: date) -> dict[int, Decimal]:
    """The salary at each point that holds on a day, as far as it has been entered. One query."""
    rows = SpineFigure.objects.filter(starts_on__lte=day).order_by("starts_on").values_list("point", "amount")
    return dict(rows)


def grant_of(held: Secondment, term: Term) -> Due:
    """R-2.18: the grant of a term, by the policy and the figures of its first day. Two queries."""
    return _due(held, term, policy.in_force(term.starts_on), figures_on(term.starts_on))


def _due(held: Secondment, term: Term, rates: Policy, figures: dict[int, Decimal]) -> Due:
    proposal = held.proposal
    passed = grants.has_passed(held.post.passed_on, on=term.starts_on)
    lowest, m6 = figures.get(proposal.range_start or 0), figures.get(grants.M6)
    problems = grants.declaration_problems(proposal.other_funding)
    if passed:
        problems += grants.figure_problems(figures, [proposal.range_start or 0, grants.M6], on=term.starts_on)
    if not grants.is_paid(term.starts_on, term.ends_on, starts_on=held.starts_on, ends_on=held.ends_on):
        problems.append(Problem("The secondment runs on less than half of this term", "term", "R-2.18", "outside"))
    if passed and (lowest is None or m6 is None):
        return Due(None, Decimal(0), passed, lowest, m6, problems)
    other = proposal.other_funding or Decimal(0)
    if passed and lowest is not None and m6 is not None:
        grant = grants.after_pass(rates, lowest=lowest, m6=m6, other=other)
    else:
        grant = grants.before_pass(rates, other=other)
    return Due(grant, grant.of_term(SEASONS.index(Season(term.season)) + 1), passed, lowest, m6, problems)


def terms_of(held: Secondment, today: date) -> list[TermRow]:
    """The paid terms that have begun, the newest first, with what each is paid. Four queries, however many terms."""
    made = {each.term_id: each for each in held.statements.select_related("term", "document")}
    begun = Term.objects.touching(held.starts_on, min(held.ends_on, today)).order_by("-starts_on")
    known = _Known()
    return [
        TermRow(term, made.get(term.pk), _due(held, term, known.rates(term.starts_on), known.figures(term.starts_on)))
        for term in begun
        if term.pk in made
        or grants.is_paid(term.starts_on, term.ends_on, starts_on=held.starts_on, ends_on=held.ends_on)
    ]


class _Known:
    """All salaries and policies, read once, for many days."""

    def __init__(self) -> None:
        self._figures = list(SpineFigure.objects.order_by("starts_on").values_list("starts_on", "point", "amount"))
        self._policies = list(Policy.objects.order_by("valid_from", "pk"))

    def figures(self, day: date) -> dict[int, Decimal]:
        return {point: amount for starts_on, point, amount in self._figures if starts_on <= day}

    def rates(self, day: date) -> Policy:
        begun = [each for each in self._policies if each.valid_from <= day]
        return begun[-1] if begun else policy.in_force(day)
