"""When a session can be spoken of, and when what was said is counted (R-11.15). Pure."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem

if TYPE_CHECKING:
    from placements.days.models import OutreachDay

OPEN_FOR = timedelta(days=14)
"""How long after a session its participants may answer, and change what they said†. Only then is it counted: a sum that
grew by one answer would tell what that one was."""


def earliest_open(today: date) -> date:
    """The first day of which something can be said; what was said of earlier ones is counted."""
    return today - OPEN_FOR


def session_problems(day: "OutreachDay", *, took_part: bool, today: date) -> list[Problem]:
    """R-11.15: of a session that has been, in its fortnight, by who took part."""
    if not took_part:
        return [Problem("You did not take part in the support on that day.", rule="R-11.15")]
    if day.on > today:
        return [Problem("That day is still to come. Say how it went when it is over.", rule="R-11.15")]
    if day.on < earliest_open(today):
        return [Problem("What was said of that day is counted and can no longer be changed.", rule="R-11.15")]
    return []
