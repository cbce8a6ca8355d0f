"""When half of a placement has gone, and what its review needs (R-19.2). Pure."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, listed
from astcoord.core.words import say_later
from evaluation.half_way.lifecycle import Decision, Side

if TYPE_CHECKING:
    from placements.placement.models import Placement

WITHIN = timedelta(days=14)
"""How long both have to say how it goes."""
WHO: dict[str, str] = {Side.HOST: "the host headteacher", Side.AST: say_later("the AST")}


def is_half_way(placement: "Placement", delivered: Decimal, today: date) -> bool:
    """Half of the agreed days are delivered, those before this system among them, or half of the time is over."""
    if (delivered + placement.days_before) * 2 >= placement.days:
        return True
    first, last = placement.starts_on, placement.ends_on
    return first is not None and last is not None and (today - first) * 2 >= last - first


def view_problems(view: str) -> list[Problem]:
    """A view says something."""
    return [] if view.strip() else [Problem("Enter how it goes, and what should be different", "view", "R-19.2")]


def decision_problems(
    decision: str, grounds: str, exit_plan: str, *, missing: Collection[str], due_on: date, today: date
) -> list[Problem]:
    """The decision has its grounds and an exit plan, and both were heard, or have had their time (R-19.2).

    `missing` are the sides that have not said how it goes.
    """
    if missing and today <= due_on:
        words = f"{listed(WHO[side] for side in missing)} can still say how it goes until {date_words(due_on)}"
        return [Problem(f"Decide when both have answered: {words}.", "", "R-19.2", "missing")]
    wanted = (
        ("decision", decision in Decision.values, "Select how it goes on"),
        ("grounds", grounds.strip(), "Enter why"),
        ("exit_plan", exit_plan.strip(), "Enter how the school carries on by itself afterwards"),
    )
    return [Problem(message, field, "R-19.2") for field, given, message in wanted if not given]
