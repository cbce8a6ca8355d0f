"""What counts of the work outside placements, and what inreach needs (R-4.8, R-4.13, R-6.14, R-14.6). Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.policy_choices import InreachCounts
from astcoord.core.problems import Problem
from astcoord.core.wording import QUARTER, days_words
from astcoord.core.words import say
from placements.activities.lifecycle import DEVELOPMENT, ActivityKind, Basis, TimeSource

if TYPE_CHECKING:
    from placements.activities.models import Activity, InreachAgreement

USUAL_PLACE = {ActivityKind.NETWORK: 1, ActivityKind.CPD: 1, ActivityKind.OWN_CHOICE: 1, ActivityKind.CLUSTER: 2}
"""Which of the authority's uses a kind of work draws on if nobody says another, counted from 0, deployment†."""


def usual_use(kind: str, uses: Sequence[str]) -> str:
    """The use that a kind of work draws on: deployment where the authority has none for it; "" if nothing is divided.

    >>> usual_use("network", ["LA deployment", "Networks and CPD"])
    'Networks and CPD'
    """
    place = USUAL_PLACE.get(ActivityKind(kind), 0)
    return (uses[place] if place < len(uses) else uses[0]) if uses else ""


def basis_of(*, in_category: bool, agreed: bool, reason: str, of_outreach_time: bool, inreach_counts: str) -> str:
    """R-4.8, C6: the home school's category comes first, then the agreement, then an exceptional reason.

    Where by the policy the outreach time is for the own school, too, nobody has to agree to its use (C5).
    """
    cases = (
        (in_category, Basis.CATEGORY),
        (agreed, Basis.AGREED),
        (bool(reason.strip()), Basis.EXCEPTIONAL),
        (of_outreach_time and inreach_counts == InreachCounts.ALWAYS, Basis.POLICY),
    )
    return next((basis for holds, basis in cases if holds), Basis.NONE)


def counts(activity: "Activity", *, divided: bool) -> bool:
    """Whether the year has fewer days for it: work for others always, development where the year has a part for it,
    inreach only where it uses outreach time on some basis."""
    if activity.is_inreach:
        return activity.time_source == TimeSource.OUTREACH and activity.basis != Basis.NONE
    return divided or activity.kind not in DEVELOPMENT


def entry_problems(activity: "Activity", *, year_known: bool, own_choice_left: Decimal) -> list[Problem]:
    """A day of the calendar, part of a day, and what was done; own choice as far as it goes (R-4.13)."""
    found = []
    if not year_known:
        found.append(Problem("The date lies in no school year of the calendar. Check it.", "on", code="year"))
    if not 0 < activity.days <= 1 or activity.days % QUARTER:
        found.append(Problem("Select how long it took, a day at most", "days", code="days"))
    if not activity.what.strip():
        found.append(Problem("Say what it was", "what", "R-6.14", "what"))
    if activity.kind == ActivityKind.OWN_CHOICE and activity.days > own_choice_left:
        words = (
            f"{days_words(own_choice_left)} of {say('the AST')}’s own choice are left this year. "
            "Record it as development."
        )
        found.append(Problem(words, "kind", "R-4.13", "own-choice"))
    if activity.is_inreach:
        found += _inreach_entry(activity)
    return found


def _inreach_entry(activity: "Activity") -> list[Problem]:
    if not activity.time_source:
        return [Problem("Select whose time it was", "time_source", "R-4.8", "source")]
    if activity.time_source == TimeSource.CLASSROOM and activity.basis == Basis.NONE:
        words = (
            "Classroom time is used for inreach only where it is agreed or for an exceptional reason, such as staff "
            "who are unavailable or an event from outside. Enter the reason."
        )
        return [Problem(words, "exceptional_reason", "R-4.8", "exceptional")]
    if activity.time_source == TimeSource.OUTREACH and activity.basis == Basis.NONE:
        words = "Nobody has agreed that it uses outreach time, so the year’s days stay as they are."
        return [Problem(words, "time_source", "R-4.8", "uncounted", warning=True)]
    return []


def agreement_problems(agreement: "InreachAgreement", *, today: date) -> list[Problem]:
    """The light agreement: aims, whose time, from and until; no host signs (R-8.18)."""
    found = []
    if not agreement.aims.strip():
        found.append(Problem("Write down the aims", "aims", "R-8.18", "aims"))
    if agreement.ends_on < agreement.starts_on:
        found.append(Problem("The last day must be the same as or after the first", "ends_on", "R-8.18", "order"))
    elif agreement.ends_on < today:
        found.append(Problem("The last day has passed. Enter a later one.", "ends_on", "R-8.18", "past"))
    return found


def link_problems(plan_link: str, *, in_category: bool) -> list[Problem]:
    """R-14.6: in a school in a category, inreach serves the plan for leaving it."""
    if plan_link.strip() or not in_category:
        return []
    words = "The school is in a category. Say which part of its plan for leaving the category this serves."
    return [Problem(words, "plan_link", "R-14.6", "link")]
