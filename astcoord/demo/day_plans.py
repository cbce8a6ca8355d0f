"""What happens on the demonstration's outreach days: every third has a model lesson, one class after another."""

from collections.abc import Sequence
from dataclasses import replace

from placements.days.actions import parts as actions
from placements.days.lifecycle import PartKind
from placements.days.models import OutreachDay
from placements.days.rules.parts import Part, usual
from staff.accounts.models import User

CLASSES = ("Year 4", "Year 5")


def say(days: Sequence[OutreachDay], *, by: User) -> None:
    """Plan each of these days of one placement."""
    for number, day in enumerate(days):
        parts = usual(day.days)
        if number % 3 == 1:
            parts = [_lesson(day, parts[0], CLASSES[number // 3 % len(CLASSES)]), *parts[1:]]
        actions.plan_parts(day=day, parts=parts, seen=day.parts_version, by=by)


def _lesson(day: OutreachDay, part: Part, taught: str) -> Part:
    watchers = tuple(day.placement.supported.taking_part(day.on).values_list("pk", flat=True))
    return replace(
        part,
        kind=PartKind.MODEL_LESSON,
        taught=taught,
        watchers=watchers,
        other_watcher="" if watchers else "A colleague",
    )
