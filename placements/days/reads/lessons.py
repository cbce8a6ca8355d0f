"""Model lessons, wherever they are written: in the plan of a day, in its diary, or in both (R-6.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from astcoord.core import policy as policies
from astcoord.core.problems import Problem
from placements.days.lifecycle import DAY_COUNTS
from placements.days.models import DayPart, LessonTold
from placements.days.rules import parts as parts_rules
from placements.placement.models import Placement


@dataclass(frozen=True)
class Repeated:
    """A class with many model lessons in one placement, by the name it was first given."""

    placement: int
    named: str
    lessons: int


def repeated(placements: QuerySet[Placement] | Iterable[int], most: int) -> list[Repeated]:
    """Classes with that many lessons or more, planned or taught, each lesson once. One query, however many days."""
    of_placements = {"day__placement__in": placements, "day__status__in": DAY_COUNTS}
    planned = DayPart.objects.filter(**of_placements)
    in_the_plan = DayPart.objects.filter(day=OuterRef("day"), same_class=OuterRef("same_class"))
    told = LessonTold.objects.filter(~Exists(in_the_plan), **of_placements)
    found: dict[tuple[int, str], tuple[int, str]] = {}
    for placement, same, lessons, named in _counted(planned).union(_counted(told), all=True):
        before, first = found.get((placement, same), (0, named))
        found[placement, same] = (before + lessons, min(first, named))
    return [Repeated(placement, named, n) for (placement, _), (n, named) in sorted(found.items()) if n >= most]


def supply_risks(placement: Placement) -> list[Problem]:
    """R-6.5: a warning for each class that has many model lessons in this placement."""
    found = repeated([placement.pk], policies.in_force().same_class_lessons)
    return [parts_rules.supply_risk(each.named, each.lessons) for each in sorted(found, key=lambda each: each.named)]


def has_planned_lesson(placement: Placement, on: date) -> bool:
    """The plan of that date names the class already; one query."""
    days = {"day__placement": placement, "day__on": on, "day__status__in": DAY_COUNTS}
    return DayPart.objects.exclude(same_class="").filter(**days).exists()


def _counted(rows: Any) -> Any:
    groups = rows.exclude(same_class="").order_by().values_list("day__placement", "same_class")
    return groups.annotate(lessons=Count("pk"), named=Min("taught"))
