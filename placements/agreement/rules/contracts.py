"""When terms make sense and a contract may be issued and signed (R-4.4, R-8.11 to R-8.13). Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from astcoord.core.policy_choices import Pattern
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, days_words, listed
from astcoord.core.words import say
from placements.placement.lifecycle import Cover
from staff.expertise.vocabulary import Weekday

if TYPE_CHECKING:
    from astcoord.core.models.policy import Policy
    from placements.agreement.models import ContractVersion, Signature
    from placements.placement.models import Placement

UNSETTLED_COVER: dict[str, str] = {
    Cover.SUPPLY: "Daily supply is the least settled kind of cover: pupils meet a new face each week.",
    Cover.HEAD: "Cover by the headteacher is easily called away. Think of somebody who stands in when that happens.",
}
"""Kinds of cover that are allowed, each with what speaks against it."""


@dataclass(frozen=True)
class Calendar:
    """What the school calendar and the AST's own time say of a placement's dates.

    `teaching_days` counts the school days from first to last day that fall on the weekday (on any, if none is fixed).
    `half_terms` are the first and last days of the half-terms around the placement, in order.
    """

    teaching_days: int = 0
    half_terms: tuple[tuple[date, date], ...] = ()
    ast_weekdays: tuple[int, ...] = ()


def terms_problems(
    terms: "Placement", policy: "Policy", calendar: Calendar, *, stands: Collection[str] = ()
) -> list[Problem]:
    """Do days, dates and weekday fit together, the calendar and the policy (R-4.3, R-4.4)?

    Of what `stands` already, the first day is not asked whether it begins a half-term, nor the weekday whether it is
    fixed: a placement that was agreed before this system may have neither (R-17.4).
    """
    problems = _missing_dates(terms)
    if policy.placement_pattern == Pattern.WEEKLY and terms.weekday is None and "weekday" not in stands:
        problems.append(Problem("Select the weekday of the outreach days.", "weekday", "R-4.10"))
    cap = policy.most_a_week
    if terms.day_share > cap:
        message = f"No more than {days_words(cap)} a week is allowed. Choose a shorter day."
        problems.append(Problem(message, "day_share", "R-4.3"))
    if problems:
        return problems
    if policy.placement_pattern == Pattern.BLOCK:
        problems = [p for p in _block_problems(terms, calendar) if p.field not in stands]
    return [*problems, *_room_problems(terms, calendar), *_weekday_warnings(terms, calendar)]


def _missing_dates(terms: "Placement") -> list[Problem]:
    problems = []
    if terms.starts_on is None:
        problems.append(Problem("Enter the first day.", "starts_on", "R-8.11"))
    if terms.ends_on is None:
        problems.append(Problem("Enter the last day.", "ends_on", "R-8.11"))
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        problems.append(Problem("The last day must be the same as or after the first day.", "ends_on", "R-8.11"))
    return problems


def _room_problems(terms: "Placement", calendar: Calendar) -> list[Problem]:
    """Enough school days on that weekday for the days agreed, without those used before this system."""
    room = calendar.teaching_days * terms.day_share
    if terms.days - terms.days_before <= room:
        return []
    name = f"{Weekday(terms.weekday).label}s" if terms.weekday is not None else "school days"
    return [
        Problem(
            f"Between these dates there are {calendar.teaching_days} {name} in term, which gives {days_words(room)}. "
            f"You need {days_words(terms.days)}. Choose a later last day or fewer days.",
            "ends_on",
            "R-8.11",
        )
    ]


def _block_problems(terms: "Placement", calendar: Calendar) -> list[Problem]:
    """R-4.4: a block starts with a half-term and ends with one. The message names the nearest dates."""
    problems = []
    starts = [first for first, _ in calendar.half_terms]
    ends = [last for _, last in calendar.half_terms]
    if terms.starts_on and terms.starts_on not in starts:
        message = f"The first day must be the first of a half-term.{nearest(terms.starts_on, starts)}"
        problems.append(Problem(message, "starts_on", "R-4.4"))
    if terms.ends_on and terms.ends_on not in ends:
        message = f"The last day must be the last of a half-term.{nearest(terms.ends_on, ends)}"
        problems.append(Problem(message, "ends_on", "R-4.4"))
    return problems


def nearest_block(first: date, last: date, half_terms: Iterable[tuple[date, date]]) -> tuple[date, date] | None:
    """The whole half-terms from `first` to `last`; one at least, the first that begins then or later (R-4.4).

    `half_terms` in order. None where the calendar has none so late.
    """
    later = [span for span in half_terms if span[0] >= first]
    if not later:
        return None
    return later[0][0], max([later[0][1], *(end for _, end in later if end <= last)])


def nearest(day: date, choices: Iterable[date]) -> str:
    """ " Choose 2 November 2026 or 4 January 2027.": the choices on either side of `day`; nothing if there are none."""
    before = max((c for c in choices if c < day), default=None)
    after = min((c for c in choices if c > day), default=None)
    near = [date_words(c) for c in (before, after) if c]
    return f" Choose {listed(near, 'or')}." if near else ""


def _weekday_warnings(terms: "Placement", calendar: Calendar) -> list[Problem]:
    if terms.weekday is None or not calendar.ast_weekdays or terms.weekday in calendar.ast_weekdays:
        return []
    own = listed((f"{Weekday(day).label}s" for day in calendar.ast_weekdays), "or")
    return [
        Problem(
            f"{say('The AST')}’s outreach time is on {own}. Ask the home headteacher before you choose another day.",
            "weekday",
            "R-4.10",
            "other-weekday",
            warning=True,
        )
    ]


def issue_problems(
    terms: "Placement", policy: "Policy", calendar: Calendar, *, agreed: Iterable[int], objectives: int
) -> list[Problem]:
    """R-8.11: all ten items agreed, at least one objective, whole terms, expectations on both sides."""
    problems = protocol_problems(agreed)
    if objectives < 1:
        problems.append(Problem("Add at least one objective.", "", "R-8.11"))
    wanted = (
        ("focus", terms.focus, "Write down the aims."),
        ("host_expectations", terms.host_expectations, "Say what the host school will do."),
        ("ast_expectations", terms.ast_expectations, say("Say what the AST will do.")),
        ("day_shape", terms.day_shape, "Describe the shape of the day."),
    )
    problems += [Problem(message, field, "R-8.11") for field, value, message in wanted if not value.strip()]
    if not terms.work_types:
        problems.append(Problem("Select at least one kind of work.", "work_types", "R-8.11"))
    if not terms.notice_days:
        problems.append(Problem(say("Enter how many school days’ notice the AST needs."), "notice_days", "R-8.7"))
    problems += inspector_problems(terms, asked=policy.senior_inspector)
    return problems + terms_problems(terms, policy, calendar)


def inspector_problems(terms: "Placement", *, asked: bool) -> list[Problem]:
    """R-8.11, P9: beside the co-ordinator a senior education inspector follows the work, where the policy asks it."""
    wanted = (
        ("inspector_name", "Enter the name of the senior education inspector who follows the work."),
        ("inspector_role", "Enter the senior education inspector’s role."),
    )
    begun = any(getattr(terms, field).strip() for field, _ in wanted)
    missing = [(field, words) for field, words in wanted if not getattr(terms, field).strip()]
    return [Problem(words, field, "R-8.11", "inspector") for field, words in missing if asked or begun]


def protocol_problems(agreed: Iterable[int]) -> list[Problem]:
    """All ten items are agreed, with or without an action."""
    open_items = sorted(set(range(1, 11)) - set(agreed))
    if not open_items:
        return []
    names = ", ".join(f"P{number}" for number in open_items)
    return [Problem(f"All ten items must be agreed first. Still open: {names}.", "", "R-8.11")]


def sign_problems(
    version: "ContractVersion | None",
    signatures: Iterable["Signature"],
    *,
    number: int,
    party: str,
    user_id: int,
    declared: bool,
) -> list[Problem]:
    """R-8.12: one signature per party, on the version in force, with the declaration.

    `version` is the one in force, `signatures` are those on it, and `number` is of the version that the person read.
    """
    if version is None:
        return [Problem("There is no contract to sign yet.", "", "R-8.12")]
    signed = {signature.party: signature.user_id for signature in signatures}
    replaced = (
        f"Version {number} has been replaced by version {version.number}. "
        f"Read version {version.number} and sign that one."
    )
    twice = "You have signed in another capacity. Somebody else has to sign here."
    checks = (
        (number == version.number, replaced, "", "old-version"),
        (party in version.policy.signatories, "This contract needs no signature in that capacity.", "", "not-needed"),
        (party not in signed, "This has been signed already.", "", "signed-already"),
        (user_id not in signed.values(), twice, "", "twice"),
        (declared, "Tick the declaration to sign.", "declared", "declaration"),
    )
    found = (Problem(words_, field, "R-8.12", code) for met, words_, field, code in checks if not met)
    return list(islice(found, 1))


def signature_stands(signatures: "Iterable[Signature]", user_id: int) -> list[Problem]:
    """R-20.13: an own signature is taken back until somebody has signed after it; `signatures` count, in order."""
    given = [signature.user_id for signature in signatures]
    if given and given[-1] == user_id:
        return []
    if user_id not in given:
        return [Problem("There is no signature of yours to take back.", rule="R-20.13", code="no-signature")]
    words_ = say("Somebody has signed after you, so your signature stands. Ask the co-ordinator for a new version.")
    return [Problem(words_, rule="R-20.13", code="signed-since")]


def next_missing(signatories: Iterable[str], signed: Iterable[str]) -> list[str]:
    """The parties whose signature is still missing, in the policy's order."""
    done = set(signed)
    return [party for party in signatories if party not in done]


def cover_warnings(cover: Iterable[str]) -> list[Problem]:
    """R-4.12: daily supply and the headteacher are allowed; the home head and the co-ordinator see a warning."""
    unsettled = [kind for kind in cover if kind in UNSETTLED_COVER]
    return [Problem(UNSETTLED_COVER[kind], "cover", "R-4.12", f"cover-{kind}", warning=True) for kind in unsettled]
