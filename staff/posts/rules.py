"""The rules of posts, as pure functions: each gives its reasons (R-2.1, R-2.2, R-2.11, R-3.5, R-4.9)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.policy_choices import HomeOutreach
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, number
from astcoord.core.words import say
from schools.register.lifecycle import Category
from staff.expertise.vocabulary import Funding

if TYPE_CHECKING:
    from astcoord.core.models.policy import Policy


EARLIEST = date(1998, 9, 1)
"""There were no ASTs before."""
FARTHEST = timedelta(days=3 * 366)
"""A day farther ahead is a slip of the pen rather than a plan."""


LONGEST_BACK = timedelta(days=366)


@dataclass(frozen=True)
class Spell:
    """The days on which a post is held, both ends included, and its full-time equivalents: (from, how much) in order.

    The first of `hours` holds from the start, whatever its day.
    """

    first: date | None
    last: date | None
    hours: tuple[tuple[date, Decimal], ...]

    def until(self, last: date | None) -> "Spell":
        return replace(self, last=last)

    def changed(self, since: date, fte: Decimal) -> "Spell":
        """With another full-time equivalent from a day on, until the next change."""
        kept = [each for each in self.hours if each[0] != since]
        return replace(self, hours=tuple(sorted([*kept, (since, fte)])))

    def fte_on(self, day: date) -> Decimal:
        """What holds on that day; before the first day, what the post begins with."""
        _, found = self.hours[0]
        for since, fte in self.hours:
            if since <= day:
                found = fte
        return found


def whole_years(first: date, until: date) -> int:
    """Years that are complete on a day.

    >>> whole_years(date(2024, 9, 1), date(2026, 8, 31)), whole_years(date(2024, 9, 1), date(2026, 9, 1))
    (1, 2)
    """
    return until.year - first.year - ((until.month, until.day) < (first.month, first.day))


def leaving_problems(
    *, spell: Spell, last_day: date, today: date, destination: str, reason: str, other: bool = False
) -> list[Problem]:
    """R-3.16: a last day within reason, where to, and a few words why. `other`: "other" is the destination."""
    found = day_problems(last_day, "last_day", spell=spell, today=today, what="The last day")
    if not destination:
        found.append(Problem(say("Select where the AST goes"), "destination", "R-3.16"))
    if other and not reason.strip():
        found.append(Problem(say("Enter where the AST goes, or why"), "reason", "R-3.16"))
    return found


def hours_problems(*, spell: Spell, fte: Decimal, starts_on: date, today: date) -> list[Problem]:
    """R-17.7: from a day after the first one, within the post, and another than holds anyway."""
    what, back = "The day from which they hold", "Years that are over keep their days."
    found = _change_problems(starts_on, "starts_on", spell=spell, today=today, what=what, back=back)
    if not Decimal("0.1") <= fte <= 1:
        found.append(Problem("Enter a full-time equivalent from 0.1 to 1, such as 0.6", "fte", "R-17.7", "range"))
    elif not found and spell.fte_on(starts_on) == fte:
        words = f"{number(fte)} holds on that day already. Enter another full-time equivalent, or another day."
        found.append(Problem(words, "fte", "R-17.7", "same"))
    return found


def absence_problems(
    *,
    spell: Spell,
    starts_on: date,
    ends_on: date | None,
    others: Iterable[tuple[date, date | None]],
    today: date,
) -> list[Problem]:
    """R-17.7: days of the post, in order, and not twice for the same days."""
    found = day_problems(starts_on, "starts_on", spell=spell, today=today, what="The first day away")
    found += _after_end(starts_on, "starts_on", spell)
    if ends_on is not None and ends_on < starts_on:
        words = "The last day away must be the same as or after the first"
        found.append(Problem(words, "ends_on", "R-17.7", "order"))
    elif ends_on is not None and ends_on > today + FARTHEST:
        found.append(Problem("The last day away is far from today. Check the year.", "ends_on", "R-17.7", "far"))
    for first, last in others:
        if first <= (ends_on or date.max) and starts_on <= (last or date.max):
            words = f"Another time away is recorded from {date_words(first)}. Choose other days."
            found.append(Problem(words, "starts_on", "R-17.7", "twice"))
    return found


def moving_problems(*, spell: Spell, on: date, today: date, same: bool) -> list[Problem]:
    """R-17.7: to another school, from a day after the first one and within the post."""
    what = "The first day at the new school"
    found = _change_problems(on, "on", spell=spell, today=today, what=what, back="Check the year.")
    if same:
        found.append(Problem("That is the home school already. Choose another one.", "home", "R-17.7", "same"))
    return found


def day_problems(day: date, field: str, *, spell: Spell, today: date, what: str) -> list[Problem]:
    """R-17.7: a day of the post, and not so far off that it must be a mistake."""
    if spell.first is not None and day < spell.first:
        words = f"{what} must be on or after {date_words(spell.first)}, the first day in post"
        return [Problem(words, field, "R-17.7", "before-start")]
    if day > today + FARTHEST or day < EARLIEST:
        return [Problem(f"{what} is far from today. Check the year.", field, "R-17.7", "far")]
    return []


def _change_problems(day: date, field: str, *, spell: Spell, today: date, what: str, back: str) -> list[Problem]:
    """The first thing wrong with a day from which something of a post is different; `back` ends what lies long back."""
    found = day_problems(day, field, spell=spell, today=today, what=what)
    if not found and spell.first is not None and day == spell.first:
        words = f"The day must be after {date_words(spell.first)}, the first day in post"
        found.append(Problem(words, field, "R-17.7", "first-day"))
    found = found or _after_end(day, field, spell)
    if not found and day < today - LONGEST_BACK:
        found.append(Problem(f"The day lies more than a year back. {back}", field, "R-17.7", "long-ago"))
    return found


def _after_end(day: date, field: str, spell: Spell) -> list[Problem]:
    if spell.last is None or day <= spell.last:
        return []
    words = f"The last day in post is {date_words(spell.last)}. Enter that day or an earlier one."
    return [Problem(words, field, "R-17.7", "after-end")]


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


def funding_problems(*, funding: str, area: str) -> list[Problem]:
    """R-2.12: what the department pays in full is for one of the listed areas."""
    if funding == Funding.DEPARTMENT and not area:
        words = "Select what the department pays for: it pays a post in full only for one of these"
        return [Problem(words, "funding_area", "R-2.12", "missing")]
    return []


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


def capacity_problems(*, capacity: int, count: int, reason: str) -> list[Problem]:
    """R-14.4: more ASTs than the authority's capacity only with the co-ordinator's reason."""
    if count <= capacity or reason.strip():
        return []
    words = (
        f"{say('The authority')} has places for {capacity} {say('ASTs', within=True)}, and this "
        f"would be number {count}. Enter why it is passed"
    )
    return [Problem(words, "capacity_reason", "R-14.4", "capacity")]


@dataclass(frozen=True)
class Obligation:
    """What outreach is asked of an AST (R-4.9): only “required” raises alerts."""

    code: str
    words: str

    @property
    def raises_alerts(self) -> bool:
        return self.code == HomeOutreach.REQUIRED


UNLESS_PAID_FOR = "Outreach is required, unless the home school pays for the post."
"""To whoever may not know who pays (section G*), of every AST of whom nothing else decides."""
WHILE = {
    "category": " while the home school is in difficulties",
    "challenge": " while the home school is in the national challenge",
    "funding": "",
}
"""In which case; who pays for a post is not said (section G*)."""
WORDS: dict[str, str] = {
    HomeOutreach.REQUIRED: "Outreach is required.",
    HomeOutreach.WAIVED: "Outreach is waived{}. Some is recommended.",
    HomeOutreach.ENCOURAGED: "Outreach is encouraged, not required{}.",
    HomeOutreach.LIMITED: "Outreach is limited{}.",
}
AT_HOME = " Work at home follows the plan for leaving the category."


def funding_words(funding: str, department: str) -> str:
    """Who pays, with what the department is called (R-2.11, R-16.5).

    >>> funding_words("department", "DfES"), funding_words("school", "DfES")
    ('DfES, in full', 'School budget')
    """
    return f"{department}, in full" if funding == Funding.DEPARTMENT else str(Funding(funding).label)


def counts_as_difficulty(category: str, policy: "Policy") -> bool:
    """Whether this category of the home school does: serious weaknesses by the policy, the others always (C27)."""
    return bool(category) and (category != Category.SERIOUS_WEAKNESSES or policy.waive_serious_weaknesses)


def obligation(policy: "Policy", *, category: bool, national_challenge: bool, school_funded: bool | None) -> Obligation:
    """R-4.9, by case: the home school's category comes first, then its programme, then who pays (R-2.11).

    `school_funded` is None for a reader who may not know who pays: the words are the same whoever does.
    """
    cases = (
        (category, "category", policy.home_category_outreach),
        (national_challenge, "challenge", policy.national_challenge_outreach),
        (school_funded, "funding", policy.school_funded_outreach),
    )
    for holds, case, code in cases:
        if holds and code != HomeOutreach.REQUIRED:
            plan = AT_HOME if case == "category" and code == HomeOutreach.WAIVED else ""
            return Obligation(code, WORDS[code].format(WHILE[case]) + plan)
    unknown = school_funded is None and policy.school_funded_outreach != HomeOutreach.REQUIRED
    return Obligation(HomeOutreach.REQUIRED, UNLESS_PAID_FOR if unknown else WORDS[HomeOutreach.REQUIRED])
