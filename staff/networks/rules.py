"""What a network meeting needs, and when the authority is late with one: pure functions (R-3.13)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.words import say
from staff.networks.lifecycle import MeetingKind

if TYPE_CHECKING:
    from staff.networks.models import NetworkMeeting

FAR = 366
"""Days ahead beyond which a meeting is a slip of the pen†."""
LIMITED_TO = {
    MeetingKind.PHASE: ("phase", "Select the phase"),
    MeetingKind.SUBJECT: ("subject", "Select the subject"),
    MeetingKind.CLUSTER: ("cluster", "Select the cluster"),
}
"""What each kind must say more, and the words where it does not."""


@dataclass(frozen=True)
class Item:
    """One row of the agenda as it was entered; both may be empty."""

    what: str
    purpose: str

    @property
    def empty(self) -> bool:
        return not (self.what.strip() or self.purpose)


def meeting_problems(row: "NetworkMeeting", *, before: date | None, today: date) -> list[Problem]:
    """A day to come, a place, and whom the meeting is for. `before`: the day that it had, which may stay."""
    found = []
    if row.on != before and row.on < today:
        found.append(Problem("The day of the meeting must be today or later", "on", "R-3.13", "past"))
    elif (row.on - today).days > FAR:
        found.append(
            Problem("The day of the meeting is more than a year ahead. Check the year.", "on", "R-3.13", "far")
        )
    if not row.place.strip():
        found.append(Problem("Enter where the meeting is", "place", "R-3.13", "missing"))
    if row.kind in LIMITED_TO:
        field, words = LIMITED_TO[MeetingKind(row.kind)]
        if not (row.cluster_id if field == "cluster" else getattr(row, field)):
            found.append(Problem(words, field, "R-3.13", "missing"))
    return found


def leader_problems(leader: int, *, may: Collection[int]) -> list[Problem]:
    """R-3.13: the co-ordinator leads, or a consultant those of the own subject. Numbers are of accounts."""
    if leader not in may:
        words = say("Select the co-ordinator, or a consultant for the meeting’s subject")
        return [Problem(words, "led_by", "R-3.13", "leader")]
    return []


def agenda_problems(items: Sequence[Item]) -> list[Problem]:
    """R-3.13: at least one item, and each of them says what it is for. Fields are numbered from 1."""
    found = []
    if all(item.empty for item in items):
        found.append(Problem("Enter at least one item of the agenda", "what_1", "R-3.13", "agenda"))
    for number, item in enumerate(items, start=1):
        if item.empty:
            continue
        if not item.what.strip():
            found.append(Problem(f"Enter what item {number} is about", f"what_{number}", "R-3.13", "agenda"))
        if not item.purpose:
            found.append(Problem(f"Select what item {number} is for", f"purpose_{number}", "R-3.13", "agenda"))
    return found


def invite_problems(count: int, *, draft: bool, on: date, today: date) -> list[Problem]:
    """Somebody is asked who is not invited yet; the first invitations are for a day to come."""
    if draft and on < today:
        words = say("The day of the meeting has passed. Change the day before you invite ASTs.")
        return [Problem(words, "posts", "R-3.13", "past")]
    if not count:
        return [Problem(say("Select at least one AST who is not invited yet"), "posts", "R-3.13", "nobody")]
    return []


def held_problems(on: date, *, today: date, present: int, both: Collection[str]) -> list[Problem]:
    """A meeting that lies ahead has not been held, one without anybody was none, and nobody was there and was not."""
    if on > today:
        return [Problem("The day of the meeting is still to come. Change the day first.", "", "R-3.13", "early")]
    found = []
    if not present:
        words = "Select who was there. If nobody came, cancel the meeting."
        found.append(Problem(words, "present", "R-3.13", "nobody"))
    for name in both:
        words = f"{name} cannot have been there and have sent apologies. Select one."
        found.append(Problem(words, "sorry", "R-3.13", "both"))
    return found


def reply_problems(on: date, *, today: date) -> list[Problem]:
    """Answers are for a meeting that is today or to come."""
    if on < today:
        return [Problem("The day of the meeting has passed", "", "R-3.13", "past")]
    return []


def alert_on(first: date, last: date, *, half: date | None) -> date:
    """The day from which a stretch without a meeting is told of†.

    A term: the day after its first half, `half`. A half-term, or a term without halves: the middle of it.
    """
    return half + timedelta(days=1) if half else first + (last - first) / 2
