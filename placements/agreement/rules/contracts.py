"""When terms make sense and a contract may be issued, signed and ended early (R-4.4, R-8.11 to R-8.14). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, days_words, listed

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
BLOCK, WEEKLY = "block", "weekly"


@dataclass(frozen=True)
class TermsFacts:
    """The terms, and what the calendar and the policy say of them.

    `teaching_days` counts the school days from first to last day that fall on the weekday (on any, if none is fixed).
    `half_terms` are the first and last days of the half-terms around the placement, in order.
    """

    days: Decimal
    starts_on: date | None
    ends_on: date | None
    weekday: int | None = None
    day_share: Decimal = Decimal(1)
    notice_days: int | None = None
    day_shape: str = ""
    focus: str = ""
    work_types: tuple[str, ...] = ()
    host_expectations: str = ""
    ast_expectations: str = ""
    pattern: str = WEEKLY
    weekly_cap: Decimal = Decimal(1)
    ast_weekdays: tuple[int, ...] = ()
    teaching_days: int = 0
    half_terms: tuple[tuple[date, date], ...] = ()


def terms_problems(facts: TermsFacts) -> list[Problem]:
    """Do days, dates and weekday fit together, the calendar and the policy (R-4.3, R-4.4)?"""
    problems = _missing_dates(facts)
    if facts.pattern == WEEKLY and facts.weekday is None:
        problems.append(_problem("Select the weekday of the outreach days.", "weekday", "R-4.10"))
    if facts.day_share > facts.weekly_cap:
        problems.append(
            _problem(
                f"No more than {days_words(facts.weekly_cap)} a week is allowed. Choose a shorter day.",
                "day_share",
                "R-4.3",
            )
        )
    if problems:
        return problems
    return [*_block_problems(facts), *_room_problems(facts), *_weekday_warnings(facts)]


def _missing_dates(facts: TermsFacts) -> list[Problem]:
    problems = []
    if facts.starts_on is None:
        problems.append(_problem("Enter the first day.", "starts_on", "R-8.11"))
    if facts.ends_on is None:
        problems.append(_problem("Enter the last day.", "ends_on", "R-8.11"))
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        problems.append(_problem("The last day must be the same as or after the first day.", "ends_on", "R-8.11"))
    return problems


def _room_problems(facts: TermsFacts) -> list[Problem]:
    """Enough school days on that weekday for the days agreed."""
    room = facts.teaching_days * facts.day_share
    if facts.days <= room:
        return []
    name = f"{WEEKDAYS[facts.weekday]}s" if facts.weekday is not None else "school days"
    return [
        _problem(
            f"Between these dates there are {facts.teaching_days} {name} in term, which gives {days_words(room)}. "
            f"You need {days_words(facts.days)}. Choose a later last day or fewer days.",
            "ends_on",
            "R-8.11",
        )
    ]


def _block_problems(facts: TermsFacts) -> list[Problem]:
    """R-4.4: a block starts with a half-term and ends with one. The message names the nearest dates."""
    if facts.pattern != BLOCK or facts.starts_on is None or facts.ends_on is None:
        return []
    problems = []
    starts = [first for first, _ in facts.half_terms]
    ends = [last for _, last in facts.half_terms]
    if facts.starts_on not in starts:
        problems.append(
            _problem(
                f"The first day must be the first of a half-term.{nearest(facts.starts_on, starts)}",
                "starts_on",
                "R-4.4",
            )
        )
    if facts.ends_on not in ends:
        problems.append(
            _problem(f"The last day must be the last of a half-term.{nearest(facts.ends_on, ends)}", "ends_on", "R-4.4")
        )
    return problems


def nearest(day: date, choices: Iterable[date]) -> str:
    """ " Choose 2 November 2026 or 4 January 2027.": the choices on either side of `day`; nothing if there are none."""
    before = max((c for c in choices if c < day), default=None)
    after = min((c for c in choices if c > day), default=None)
    near = [date_words(c) for c in (before, after) if c]
    return f" Choose {listed(near, 'or')}." if near else ""


def _weekday_warnings(facts: TermsFacts) -> list[Problem]:
    if facts.weekday is None or not facts.ast_weekdays or facts.weekday in facts.ast_weekdays:
        return []
    own = " or ".join(f"{WEEKDAYS[day]}s" for day in facts.ast_weekdays)
    return [
        Problem(
            f"The AST’s outreach time is on {own}. Ask the home headteacher before you choose another day.",
            "weekday",
            "R-4.10",
            "other-weekday",
            warning=True,
        )
    ]


@dataclass(frozen=True)
class IssueFacts:
    """What must stand before a contract goes out."""

    items_agreed: frozenset[int]
    objectives: int
    terms: TermsFacts


def issue_problems(facts: IssueFacts) -> list[Problem]:
    """R-8.11: all ten items agreed, at least one objective, whole terms, expectations on both sides."""
    problems = protocol_problems(facts.items_agreed)
    if facts.objectives < 1:
        problems.append(_problem("Add at least one objective.", "", "R-8.11"))
    wanted = (
        ("focus", facts.terms.focus, "Write down the aims."),
        ("host_expectations", facts.terms.host_expectations, "Say what the host school will do."),
        ("ast_expectations", facts.terms.ast_expectations, "Say what the AST will do."),
        ("day_shape", facts.terms.day_shape, "Describe the shape of the day."),
    )
    problems += [_problem(message, field, "R-8.11") for field, value, message in wanted if not value.strip()]
    if not facts.terms.work_types:
        problems.append(_problem("Select at least one kind of work.", "work_types", "R-8.11"))
    if not facts.terms.notice_days:
        problems.append(_problem("Enter how many school days’ notice the AST needs.", "notice_days", "R-8.7"))
    return problems + terms_problems(facts.terms)


def protocol_problems(agreed: Iterable[int]) -> list[Problem]:
    """All ten items are agreed, with or without an action."""
    open_items = sorted(set(range(1, 11)) - set(agreed))
    if not open_items:
        return []
    names = ", ".join(f"P{number}" for number in open_items)
    return [_problem(f"All ten items must be agreed first. Still open: {names}.", "", "R-8.11")]


@dataclass(frozen=True)
class SigningFacts:
    """What the person signs, and what is in force."""

    current: int | None
    version: int
    party: str
    signatories: tuple[str, ...]
    signed: tuple[str, ...]
    declared: bool
    signs_already: bool = False


def sign_problems(facts: SigningFacts) -> list[Problem]:
    """R-8.12: one signature per party, on the version in force, with the declaration."""
    if facts.current is None:
        return [_problem("There is no contract to sign yet.", "", "R-8.12")]
    replaced = (
        f"Version {facts.version} has been replaced by version {facts.current}. "
        f"Read version {facts.current} and sign that one."
    )
    checks = (
        (facts.version == facts.current, replaced, "", "old-version"),
        (facts.party in facts.signatories, "This contract needs no signature in that capacity.", "", "not-needed"),
        (facts.party not in facts.signed, "This has been signed already.", "", "signed-already"),
        (not facts.signs_already, "You have signed in another capacity. Somebody else has to sign here.", "", "twice"),
        (facts.declared, "Tick the declaration to sign.", "declared", "declaration"),
    )
    found = (Problem(words_, field, "R-8.12", code) for met, words_, field, code in checks if not met)
    return list(islice(found, 1))


def next_missing(signatories: Iterable[str], signed: Iterable[str]) -> list[str]:
    """The parties whose signature is still missing, in the policy's order."""
    done = set(signed)
    return [party for party in signatories if party not in done]


def end_problems(ended_on: date, reason: str, *, starts_on: date | None, today: date) -> list[Problem]:
    """R-8.14: a date that is not in the future, and a short reason."""
    problems = []
    if ended_on > today:
        problems.append(_problem("The date must be today or in the past.", "ended_on", "R-8.14"))
    elif starts_on and ended_on < starts_on - timedelta(days=365):
        problems.append(_problem("The date is long before the placement. Check the year.", "ended_on", "R-8.14"))
    if not reason.strip():
        problems.append(_problem("Enter a short reason.", "ended_reason", "R-8.14"))
    return problems


def cover_warnings(cover: Iterable[str]) -> list[Problem]:
    """R-4.12: daily supply and the headteacher are allowed; the home head and the co-ordinator see a warning."""
    texts = {
        "supply": "Daily supply is the least settled kind of cover: pupils meet a new face each week.",
        "head": "Cover by the headteacher is easily called away. Think of somebody who stands in when that happens.",
    }
    return [Problem(texts[c], "cover", "R-4.12", f"cover-{c}", warning=True) for c in cover if c in texts]


def _problem(message: str, field: str, rule: str) -> Problem:
    return Problem(message, field=field, rule=rule)
