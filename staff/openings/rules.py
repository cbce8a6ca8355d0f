"""What a post needs on its way to being opened, as pure functions (R-1.4, R-1.7, R-2.1, R-14.5)."""

from collections.abc import Collection
from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say


def phase_problems(phase: str, phases: Collection[str]) -> list[Problem]:
    """Whether schools of this phase may appoint, by the policy."""
    if phase in phases:
        return []
    words = say("Schools of this phase do not appoint ASTs here. Ask the co-ordinator what other help there is.")
    return [Problem(words, "school", "R-16.1", "phase")]


def decision_problems(
    *,
    decided_on: date | None,
    minute: str,
    responsible_for: str,
    today: date,
    starts_on: date | None = None,
    discussed_on: date | None = None,
) -> list[Problem]:
    """R-1.4: a post opens on the governors' recorded decision to have an AST, and for what."""
    found = []
    if decided_on is None:
        words = "A post needs the decision of the school’s governors: enter its date"
        found.append(Problem(words, "governors_decided_on", "R-1.4", "undecided"))
    elif decided_on > today:
        words = "The date of the governors’ decision must be today or in the past"
        found.append(Problem(words, "governors_decided_on", "R-1.4"))
    elif starts_on is not None and decided_on > starts_on:
        words = "The governors’ decision must be on or before the first day in post"
        found.append(Problem(words, "governors_decided_on", "R-1.4"))
    elif discussed_on is not None and decided_on < discussed_on:
        words = f"The governors’ decision must be on or after {date_words(discussed_on)}, the first discussion"
        found.append(Problem(words, "governors_decided_on", "R-2.1", "before-discussion"))
    if not minute.strip():
        found.append(Problem("Enter where the governors’ decision is minuted", "governors_minute", "R-1.4"))
    if not responsible_for.strip():
        found.append(Problem(say("Enter what the AST is responsible for"), "responsible_for", "R-1.4"))
    return found


def discussion_problems(
    *, discussed_on: date, asked_on: date | None, decided_on: date | None, today: date
) -> list[Problem]:
    """R-1.7: a day that has been; not after what came of it. A school may have been spoken to before it asked here."""
    if discussed_on > today:
        return [Problem("The date of the discussion must be today or in the past", "discussed_on", "R-1.7")]
    if decided_on is not None and discussed_on > decided_on:
        words = f"The discussion must be on or before {date_words(decided_on)}, the governors’ decision"
        return [Problem(words, "discussed_on", "R-2.1", "after-decision")]
    return []


def advert_problems(*, advertised_on: date, where: str, decided_on: date | None, today: date) -> list[Problem]:
    """R-2.1, R-14.5: a day that has been, after the decision, and a place."""
    found = []
    if advertised_on > today:
        found.append(Problem("The date of the advertisement must be today or in the past", "advertised_on", "R-2.1"))
    elif decided_on is not None and advertised_on < decided_on:
        words = f"The advertisement must be on or after {date_words(decided_on)}, the governors’ decision"
        found.append(Problem(words, "advertised_on", "R-2.1", "before-decision"))
    if not where.strip():
        found.append(Problem("Enter where the post was advertised", "advertised_in", "R-14.5"))
    return found


def undecided_problems(decided_on: date | None) -> list[Problem]:
    """R-1.4: what stands against opening a post that the governors have not decided on."""
    if decided_on is not None:
        return []
    words = say(
        "This post cannot be opened yet: the governors’ decision to have an AST is not recorded. "
        "Record the decision first."
    )
    return [Problem(words, "", "R-1.4", "undecided")]


def reason_problems(reason: str, words: str = "Enter a short reason") -> list[Problem]:
    """R-2.1: what departs from the stages says why."""
    return [] if reason.strip() else [Problem(words, "reason", "R-2.1", "reason")]
