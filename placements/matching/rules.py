"""What must hold before a match is proposed, answered or agreed (R-4.11, R-7.3, R-7.5, R-7.6).

Confirmation (R-5.7) and realism (R-6.9) are rules of the request: see `placements.rules.requests`.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from astcoord.core.problems import Problem
from astcoord.core.wording import QUARTER, date_words, days_words
from astcoord.core.words import say


def days_do_not_fit(days: Decimal, usable: Decimal, *, field: str = "days") -> list[Problem]:
    """R-4.3, R-4.11: a positive number of quarters, within what the weeks and the year have room for."""
    if days <= 0 or days % QUARTER:
        return [Problem("Days must be more than 0 and in quarters, like 0.5 or 1.25", field, "R-4.3", "step")]
    if days <= usable:
        return []
    return [
        Problem(
            (
                f"{say('This AST')} can give {days_words(usable)} in the weeks asked for. Enter "
                f"{days_words(usable)} or less."
            ),
            field=field,
            rule="R-4.11",
            code="no-room",
        )
    ]


def lower_choice_unexplained(rank: int, reason: str) -> list[Problem]:
    """R-7.3: whoever is not first is chosen for a reason."""
    if rank <= 1 or reason.strip():
        return []
    return [
        Problem(
            f"Enter why you choose {say('this AST')}, ranked {rank}, and not one ranked higher",
            field="lower_choice_reason",
            rule="R-7.3",
            code="lower-choice",
        )
    ]


def no_without_reason(yes: bool, reason: str) -> list[Problem]:
    """R-7.5: a no says why."""
    if yes or reason.strip():
        return []
    return [Problem("Enter why you say no", field="reason", rule="R-7.5", code="reason")]


def already_answered(answered: bool) -> list[Problem]:
    """R-7.5: each party answers once."""
    return [Problem("This answer has been given already.", rule="R-7.5", code="answered")] if answered else []


def yes_stands(answered: Sequence[str], party: str) -> list[Problem]:
    """R-20.13: an own yes is taken back until somebody has answered after it; `answered` are parties in that order.

    What a group decided is corrected at any time while the match waits (R-7.6).
    """
    if party == "coordinator" or (answered and answered[-1] == party):
        return []
    if party not in answered:
        return [Problem("There is no yes to take back.", rule="R-20.13", code="no-yes")]
    words = say("Somebody has answered after you, so your yes stands. Ask the co-ordinator to withdraw the match.")
    return [Problem(words, rule="R-20.13", code="answered-since")]


def too_late(answer_by: date, today: date) -> list[Problem]:
    """An answer counts up to and including its day."""
    if today <= answer_by:
        return []
    return [
        Problem(
            (
                f"The last day to answer was {date_words(answer_by)}. {say('The co-ordinator')} can "
                "propose the match again."
            ),
            rule="R-7.5",
            code="lapsed",
        )
    ]


def group_undecided(by_group: bool, decision: str) -> list[Problem]:
    """R-7.6: where a group decides, its `decision`, with date and members, is on record before the yes."""
    if not by_group or decision.strip():
        return []
    return [
        Problem(
            "The deployment group decides. Put the match on the agenda of a meeting, and record the decision there.",
            rule="R-7.6",
            code="group",
        )
    ]


def promised_elsewhere(days: Decimal, left: Decimal) -> list[Problem]:
    """R-4.11: no day is promised twice."""
    if days <= left:
        return []
    return [
        Problem(
            f"{say('This AST')} now has {days_words(max(left, Decimal(0)))} left this year that are "
            "not promised to other "
            f"schools, and this match needs {days_words(days)}. {say('The co-ordinator')} must "
            "propose fewer days or another "
            f"{say('AST', within=True)}.",
            rule="R-4.11",
            code="promised",
        )
    ]


def more_than_asked(together: Decimal, asked: Decimal) -> list[Problem]:
    """R-7.8: two ASTs who share a request give no more than the school asked for."""
    if together <= asked:
        return []
    message = f"Together that comes to {days_words(together)}, and the school asked for {days_words(asked)}."
    return [Problem(message, "days", "R-7.8", "more-than-asked")]
