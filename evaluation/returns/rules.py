"""When a return visit is due, on which day it may be, and when its report is whole (R-11.9). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from evaluation.returns.lifecycle import Remains
from evaluation.reviews.wording import sole_cause_claims

SEASONS = ("autumn", "spring", "summer")
REPORT_WITHIN = timedelta(days=14)
"""From the visit to its report†."""
LATE = timedelta(days=14)
"""So long after its day the co-ordinator is told of what has not come†."""
LONGEST = timedelta(days=550)
"""A day further ahead is a slip of the pen†."""


def term_after(season: str, first_year: int, terms: int) -> tuple[str, int]:
    """The term so many terms later: an autumn end and 2 terms make the summer; `first_year` is 2026 for 2026-27."""
    place = SEASONS.index(season) + terms
    return SEASONS[place % len(SEASONS)], first_year + place // len(SEASONS)


def season_of_month(month: int) -> str:
    """For a year that nobody has entered: September to December, January to March, April to August."""
    return "autumn" if month >= 9 else "spring" if month <= 3 else "summer"


def host_problems(name: str, *, closed: bool) -> list[Problem]:
    """A school that has closed cannot be returned to."""
    if not closed:
        return []
    words = f"{name} has closed. {say('The co-ordinator')} can cancel the return visit with a reason."
    return [Problem(words, "", "R-11.9", "host-closed")]


def day_problems(
    on: date | None, days: Decimal, *, today: date, over_on: date | None, school_day: bool, year_known: bool
) -> list[Problem]:
    """A day to come, after the end, with pupils in school; days of the AST's year only where the year is known."""
    if on is None:
        return [Problem("Enter the day of the visit", "visit_on", "R-11.9")]
    if on < today:
        return [Problem("The day of the visit must be today or to come", "visit_on", "R-11.9")]
    if on > today + LONGEST:
        return [Problem("The day lies far ahead. Check the year", "visit_on", "R-11.9")]
    problems = []
    if over_on and on <= over_on:
        words = f"{say('The placement')} ended on {date_words(over_on)}. Choose a later day"
        problems.append(Problem(words, "visit_on", "R-11.9"))
    if year_known and not school_day:
        problems.append(Problem(f"{date_words(on)} is no school day. Choose another", "visit_on", "R-11.9"))
    if days and not year_known:
        words = "The school year of this day has not been entered, so that no days can be used. Choose “None”"
        problems.append(Problem(words, "days", "R-11.9"))
    return problems


@dataclass(frozen=True)
class Finding:
    """What the AST found of one objective."""

    number: int
    remains: str = ""
    evidence: str = ""


def missing_from_report(
    findings: Sequence[Finding], numbers: Sequence[int], lasting: str, figures: str, standards: str = ""
) -> list[Problem]:
    """R-11.9: for every objective what remains, the lasting effect, and the data that support it.

    Of these, what shows an effect on standards, where anything does (R-11.14).
    """
    given = {finding.number: finding for finding in findings}
    problems: list[Problem] = []
    for number in numbers:
        finding = given.get(number, Finding(number))
        if not finding.remains:
            words = f"Select what remains of objective {number}"
            problems.append(Problem(words, f"remains_{number}", "R-11.9", "remains"))
        elif finding.remains not in (Remains.GONE, Remains.UNCLEAR) and not finding.evidence.strip():
            words = f"Enter what shows it for objective {number}"
            problems.append(Problem(words, f"evidence_{number}", "R-11.9", "evidence"))
        problems += sole_cause_claims(finding.evidence, field=f"evidence_{number}")
    if not lasting.strip():
        problems.append(Problem("Enter what has lasted in the school", "lasting", "R-11.9", "lasting"))
    if not figures.strip():
        problems.append(Problem("Enter the supporting data, or that there are none", "figures", "R-11.9", "figures"))
    told = {"lasting": lasting, "figures": figures, "standards": standards}
    return [*problems, *(claim for name, text in told.items() for claim in sole_cause_claims(text, field=name))]


def reason_problems(reason: str) -> list[Problem]:
    """What is cancelled or sent back says why."""
    return [] if reason.strip() else [Problem("Enter the reason", "reason", "R-11.9", "reason")]
