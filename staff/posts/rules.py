"""The rules of posts, as pure functions: each gives its reasons (R-2.1, R-2.2, R-2.11, R-3.5, R-4.9)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.policy_choices import HomeOutreach
from astcoord.core.problems import Problem

if TYPE_CHECKING:
    from astcoord.core.models.policy import Policy


def decision_problems(
    *, decided_on: date | None, minute: str, responsible_for: str, starts_on: date, today: date
) -> list[Problem]:
    """R-1.4: a post opens on the governors' recorded decision to have an AST, and for what."""
    found = []
    if decided_on is None:
        words = "A post needs the decision of the school’s governors: enter its date"
        found.append(Problem(words, "governors_decided_on", "R-1.4", "undecided"))
    elif decided_on > today:
        words = "The date of the governors’ decision must be today or in the past"
        found.append(Problem(words, "governors_decided_on", "R-1.4"))
    elif decided_on > starts_on:
        words = "The governors’ decision must be on or before the first day in post"
        found.append(Problem(words, "governors_decided_on", "R-1.4"))
    if not minute.strip():
        found.append(Problem("Enter where the governors’ decision is minuted", "governors_minute", "R-1.4"))
    if not responsible_for.strip():
        found.append(Problem("Enter what the AST is responsible for", "responsible_for", "R-1.4"))
    return found


def pass_problems(*, passed_on: date, assessor: str, starts_on: date, today: date) -> list[Problem]:
    """R-2.2: an AST has passed an assessment by a named body, and not after starting."""
    found = []
    if passed_on > today:
        found.append(Problem("The date of the pass must be today or in the past", "passed_on", "R-2.2"))
    if starts_on < passed_on:
        found.append(Problem("In post from must be on or after the date of the pass", "starts_on", "R-2.2"))
    if not assessor.strip():
        found.append(Problem("Enter the body that assessed the teacher", "assessor", "R-2.2"))
    return found


def profile_problems(
    *, subjects: Collection[str], key_stages: Collection[str], work_types: Collection[str]
) -> list[Problem]:
    """R-3.5: without these nobody could be matched to a request."""
    wanted = [
        (subjects, "Select at least one subject", "subjects"),
        (key_stages, "Select at least one key stage", "key_stages"),
        (work_types, "Select at least one kind of work", "work_types"),
    ]
    return [Problem(message, field, "R-3.5") for given, message, field in wanted if not given]


def pattern_problems(days: Mapping[int, Decimal]) -> list[Problem]:
    """R-4.10: a pattern names at least half a day, on school days only."""
    if not any(days.values()):
        return [Problem("Select at least half a day", "day_0", "R-4.10")]
    return []


def reason_problems(reason: str) -> list[Problem]:
    """R-2.1: stages may be passed over only with a reason."""
    if reason.strip():
        return []
    return [Problem("Enter why the earlier stages are not recorded one by one", "reason", "R-2.1")]


@dataclass(frozen=True)
class Obligation:
    """What outreach is asked of an AST (R-4.9): only “required” raises alerts."""

    code: str
    words: str

    @property
    def raises_alerts(self) -> bool:
        return self.code == HomeOutreach.REQUIRED


WORDS: dict[str, str] = {
    HomeOutreach.REQUIRED: "Outreach is required.",
    HomeOutreach.WAIVED: "Outreach is waived while the home school is in difficulties. Some is recommended; work at "
    "home follows the plan for leaving the category.",
    HomeOutreach.ENCOURAGED: "Outreach is encouraged, not required.",
    HomeOutreach.LIMITED: "Outreach is limited while the home school is in the national challenge.",
}


def obligation(policy: "Policy", *, category: bool, national_challenge: bool, school_funded: bool) -> Obligation:
    """R-4.9, by case: the home school's category comes first, then its programme, then who pays (R-2.11)."""
    cases = (
        (category, policy.home_category_outreach),
        (national_challenge, policy.national_challenge_outreach),
        (school_funded, policy.school_funded_outreach),
    )
    code = next((code for holds, code in cases if holds and code != HomeOutreach.REQUIRED), HomeOutreach.REQUIRED)
    return Obligation(code, WORDS[code])
