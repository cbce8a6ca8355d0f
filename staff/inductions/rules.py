"""What an induction needs, before the assessment and after it: pure functions (R-3.1, R-3.2)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from staff.inductions.lifecycle import Topic

if TYPE_CHECKING:
    from staff.inductions.models import InductionMeeting

LONGEST_BACK = 3 * 366
"""Days back beyond which a meeting is a slip of the pen†."""


def meeting_problems(meeting: "InductionMeeting", *, leaders: Collection[int], today: date) -> list[Problem]:
    """R-3.1: held before the assessment, with the headteacher and the line manager, and for something.

    `leaders`: the accounts that may have led it.
    """
    found = _day_problems(meeting.on, passed_on=meeting.post.passed_on, today=today)
    if meeting.led_by_id not in leaders:
        words = say("Select the co-ordinator or a consultant for one of the candidate’s subjects")
        found.append(Problem(words, "led_by", "R-3.1", "leader"))
    if not meeting.head.strip():
        found.append(Problem("Enter the headteacher who was there", "head", "R-3.1", "missing"))
    if not meeting.line_manager.strip():
        words = "Enter the line manager who was there. Where that is the headteacher, enter the name again."
        found.append(Problem(words, "line_manager", "R-3.1", "missing"))
    if not meeting.shared:
        found.append(Problem("Select what was gone through", "shared", "R-3.1", "missing"))
    return found


def _day_problems(on: date, *, passed_on: date | None, today: date) -> list[Problem]:
    if on > today:
        words = "The day of the meeting must be today or in the past. Log the meeting when it has been held."
        return [Problem(words, "on", "R-3.1", "future")]
    if (today - on).days > LONGEST_BACK:
        return [Problem("The day of the meeting is more than three years ago. Check the year.", "on", "R-3.1", "far")]
    if passed_on is not None and on > passed_on:
        words = f"The meeting comes before the assessment, which was passed on {date_words(passed_on)}"
        return [Problem(words, "on", "R-3.1", "after-pass")]
    return []


def met_on(meetings: Iterable["InductionMeeting"]) -> date | None:
    """The day by which both topics had been shared with the candidate; None where one is still to be."""
    first = {topic: [each.on for each in meetings if topic in each.shared] for topic in Topic.values}
    return max(min(days) for days in first.values()) if all(first.values()) else None


def before_assessment(met: date | None, *, on: date | None, required: bool) -> list[Problem]:
    """R-3.1: the meeting precedes the assessment, which is `on` that day. A warning, unless it is `required`."""
    if met is not None and (on is None or met <= on):
        return []
    if met is None:
        words = say(
            "No meeting with the candidate is logged that shares what is expected of an AST and the context of the role"
        )
    else:
        words = f"The meeting with the candidate was on {date_words(met)}, after that day"
    end = "Log the meeting before the assessment is booked." if required else "It should come before the assessment."
    return [Problem(f"{words}. {end}", "on", "R-3.1", "not-met", warning=not required)]


def step_problems(*, steps: Collection[str], on: date, passed_on: date | None, today: date) -> list[Problem]:
    """R-3.2: the second part follows the pass; something is ticked, on a day that has come."""
    if passed_on is None:
        return [
            Problem("The second part of the induction follows the pass. Record the pass first.", "", "R-3.2", "early")
        ]
    found = [] if steps else [Problem("Select what was gone through", "done", "R-3.2", "nothing")]
    if on > today:
        found.append(Problem("The date must be today or in the past", "on", "R-3.2", "future"))
    elif on < passed_on:
        words = f"The date must be on or after {date_words(passed_on)}, the date of the pass"
        found.append(Problem(words, "on", "R-3.2", "before-pass"))
    return found
