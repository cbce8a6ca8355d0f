"""The rules of an AST's pay, as pure functions: each gives its reasons (R-2.4, R-2.7 to R-2.10, R-2.19)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from astcoord.core.policy_choices import RANGE_LENGTH, SPINE_POINTS
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, listed
from astcoord.core.words import say
from staff.pay.lifecycle import Allowance, ContractKind, Decision

DUE_BEFORE = timedelta(days=90)
"""So long before a term ends somebody must decide about its money (R-2.4)."""
WHERE = "on the page “Pay and funding”"


@dataclass(frozen=True)
class Points:
    """A range, and the first day on which it holds."""

    lowest: int
    highest: int
    starts_on: date

    def __str__(self) -> str:
        return f"{self.lowest} to {self.highest}"

    def __contains__(self, point: int) -> bool:
        return self.lowest <= point <= self.highest


def range_problems(
    *, lowest: int, highest: int, least: int = 1, most: int = SPINE_POINTS, seconded: bool = False
) -> list[Problem]:
    """R-2.7, R-2.19: exactly five points one after another, within those that the policy has."""
    rule = "R-2.19" if seconded else "R-2.7"
    found = []
    if lowest < least:
        found.append(Problem(f"The lowest point must be {least} or more", "lowest", rule, "bounds"))
    if highest > most:
        usual = "The pay spine" if most == SPINE_POINTS else say("An AST’s pay")
        whose = say("The range of a seconded AST") if seconded else usual
        words = f"{whose} ends at point {most}: the highest range is {most - RANGE_LENGTH + 1} to {most}"
        found.append(Problem(words, "highest", rule, "bounds"))
    if highest - lowest != RANGE_LENGTH - 1:
        words = f"A range is exactly {RANGE_LENGTH} points one after another: from {lowest} to {lowest + 4}"
        plain = f"A range is exactly {RANGE_LENGTH} points one after another, such as 5 to 9"
        fits = least <= lowest <= most - RANGE_LENGTH + 1
        found.append(Problem(words if fits else plain, "highest", rule, "length"))
    return found


def approval_problems(
    *,
    pay_rise: str,
    differentials: str,
    talked_on: date | None,
    decided_on: date,
    minute: str,
    today: date,
    others: Iterable[date] = (),
    starts_on: date,
) -> list[Problem]:
    """R-2.9, R-2.7: why, talked over with the AST, and decided by governors; `others` are days of other ranges."""
    found = []
    if not (pay_rise.strip() and differentials.strip()):
        words = "Write the reason first: the pay rise, and the differences to other teachers’ pay"
        found.append(Problem(words, "", "R-2.9", "no-reason"))
    if talked_on is None:
        words = say("Talk the range over with the AST first, and enter when that was")
        found.append(Problem(words, "", "R-2.7", "not-talked"))
    if decided_on > today:
        words = "The date of the governors’ decision must be today or in the past"
        found.append(Problem(words, "decided_on", "R-2.7", "future"))
    if not minute.strip():
        found.append(Problem("Enter where the governors’ decision is minuted", "minute", "R-2.7", "missing"))
    if starts_on in others:
        words = f"Another range holds from {date_words(starts_on)} already. Have that one taken back first."
        found.append(Problem(words, "", "R-2.7", "twice"))
    return found


def point_problems(
    *, point: int, starts_on: date, holds: Points | None, year: str, same_year: Collection[date]
) -> list[Problem]:
    """R-2.10: inside the range of that day, and one a school year under one range (`same_year`: days of others)."""
    if holds is None:
        words = f"No range that the governors have approved holds on {date_words(starts_on)}"
        return [Problem(words, "starts_on", "R-2.10", "no-range")]
    if point not in holds:
        words = f"The range is {holds} on {date_words(starts_on)}: enter one of its points"
        return [Problem(words, "point", "R-2.10", "outside")]
    if taken := [day for day in same_year if day >= holds.starts_on]:
        words = f"A point of {year} is recorded, from {date_words(min(taken))}. Correct that one instead."
        return [Problem(words, "starts_on", "R-2.10", "same-year")]
    return []


def allowance_problems(*, held: Collection[str], on: date, today: date) -> list[Problem]:
    """R-2.8: a day within reason; what is held is recorded, and keeps a candidate from the post."""
    if on > today + timedelta(days=366) or on < date(1998, 9, 1):
        return [Problem("That day is far from today. Check the year.", "on", "R-2.8", "far")]
    return []


def contract_problems(*, kind: str, ends_on: date | None, first: date | None, today: date) -> list[Problem]:
    """R-2.4: a fixed term has a last day."""
    if kind != ContractKind.FIXED:
        return []
    if ends_on is None:
        return [Problem("Enter the last day of the fixed term", "ends_on", "R-2.4", "missing")]
    if first is not None and ends_on < first:
        words = f"The last day must be on or after {date_words(first)}, the first day in post"
        return [Problem(words, "ends_on", "R-2.4", "before-start")]
    if ends_on > today + timedelta(days=10 * 366):
        return [Problem("The last day is far from today. Check the year.", "ends_on", "R-2.4", "far")]
    return []


def decision_problems(*, decision: str, extended_to: date | None, ends_on: date, today: date) -> list[Problem]:
    """R-2.4: an extension ends later than the term did."""
    if decision != Decision.EXTENDED:
        return []
    if extended_to is None:
        return [Problem("Enter the new last day", "extended_to", "R-2.4", "missing")]
    if extended_to <= ends_on:
        words = f"The new last day must be after {date_words(ends_on)}"
        return [Problem(words, "extended_to", "R-2.4", "order")]
    return contract_problems(kind=ContractKind.FIXED, ends_on=extended_to, first=None, today=today)


def in_post_problems(
    *, holds: Points | None, point: int | None, asked: bool, held: Collection[str], contract: str
) -> list[Problem]:
    """What a candidate's pay wants before the post is held (R-2.4, R-2.7, R-2.8, R-2.10)."""
    found = []
    if holds is None:
        words = f"Have the governors approve a pay range with its reason {WHERE}"
        found.append(Problem(words, "", "R-2.7", "no-range"))
    elif point is None or point not in holds:
        found.append(Problem(f"Record a point inside the range {holds} {WHERE}", "", "R-2.10", "no-point"))
    if not asked:
        words = f"Say {WHERE} whether the teacher holds an allowance that {say('an AST')} cannot hold"
        found.append(Problem(words, "", "R-2.8", "not-asked"))
    if held:
        names = listed(str(Allowance(each).label).lower() for each in held)
        words = f"{say('An AST')} cannot hold a {names}. Record {WHERE} when it is given up."
        found.append(Problem(words, "", "R-2.8", "allowance"))
    if not contract:
        words = f"Say {WHERE} whether the post is permanent or for a fixed term"
        found.append(Problem(words, "", "R-2.4", "no-contract"))
    return found
