"""What keeps a policy from being adopted, and from its day (R-16.1)."""

from datetime import date
from decimal import Decimal

from astcoord.core import weights
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import RANGE_LENGTH
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say

POINTS = (
    ("range_first_point", "range_last_point", "R-2.7"),
    ("secondment_first_point", "secondment_last_point", "R-2.19"),
)
"""Between which points a pay range has to have room."""


def problems(new: Policy) -> list[Problem]:
    """Each at its field."""
    found = weights.problems(new.ranking_weights) + _day_problems(new.valid_from)
    if new.target_by and new.target is None:
        found.append(Problem(say("Enter how many ASTs the authority wants to have by that day"), "target", "R-14.4"))
    found += _charge_problems(new)
    for first, last, rule in POINTS:
        if getattr(new, last) - getattr(new, first) + 1 < RANGE_LENGTH:
            words_ = f"A pay range has {RANGE_LENGTH} points: leave room for one between the lowest and the highest"
            found.append(Problem(words_, last, rule))
    total = sum((Decimal(days) for _, days in new.budget_categories), Decimal(0))
    if total > new.ast_days_per_year:
        found.append(
            Problem(
                f"The yearly days are divided into {days_words(total)}, more than the year has",
                "ast_days_per_year",
                "R-4.2",
            )
        )
    return found


def _charge_problems(new: Policy) -> list[Problem]:
    """Where somebody pays there is a rate, and the home school gets no more than it (R-19.3)."""
    if new.charge_home_share > new.charge_day_rate:
        return [Problem("Enter no more than the rate for a day", "charge_home_share", "R-19.3")]
    if new.has_charges and not new.charge_day_rate:
        return [Problem("Enter what is paid for a day", "charge_day_rate", "R-19.3")]
    return []


def _day_problems(day: date) -> list[Problem]:
    """Each day has one policy: none is put before what is stored, none begins in the past, and none leaves a gap."""
    last = Policy.objects.order_by("-valid_from").first()
    if last is None and day > today():
        words_ = "The first policy must hold today: choose today or an earlier day, and adopt a second for what comes"
        return [Problem(words_, "valid_from", "R-16.1")]
    if last is not None and day < last.valid_from:
        words_ = f"A policy from {date_words(last.valid_from)} is stored already: choose that day or a later one"
        return [Problem(words_, "valid_from", "R-16.1")]
    if last is not None and day < today():
        words_ = "What has been done was done under the policy of its day: choose today or a later day"
        return [Problem(words_, "valid_from", "R-16.1")]
    return []
