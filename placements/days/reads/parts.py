"""The plan of an outreach day as rules and pages see it (R-10.1): whoever withdrew before the day watches nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from astcoord.core.problems import Problem
from astcoord.core.wording import days_words
from placements.days.lifecycle import DAY_OPEN, DayStatus
from placements.days.models import DayPart, OutreachDay
from placements.days.permissions import can_plan_parts
from placements.days.rules import parts as parts_rules
from placements.days.rules.parts import Part, span
from placements.placement.lifecycle import PLACEMENT_OPEN
from placements.placement.models import PlannedReview
from placements.placement.permissions import can_see_names, reads_days_whole
from placements.supported.models import SupportedStaff
from placements.supported.reads import NextDay, OwnDay, teller_for
from placements.supported.redaction import redactor
from staff.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One part as a page shows it: its kind, or its number; of a model lesson also the class, and who watches."""

    what: str
    length: str
    taught: str = ""
    watched_by: str = ""


@dataclass(frozen=True)
class DayPlan:
    """A day's plan for one reader. `to_mend` is what is wrong with it now; `whole` says that classes are shown."""

    lines: Sequence[Line]
    total: str
    to_mend: Sequence[str]
    whole: bool
    can_change: bool


def with_parts(days: QuerySet[OutreachDay]) -> QuerySet[OutreachDay]:
    """With the plan of each: two queries more, however many days."""
    return days.prefetch_related(_parts())


def _parts() -> "Prefetch[Any]":
    return Prefetch("parts", queryset=DayPart.objects.prefetch_related("watchers"))


def parts_of(day: OutreachDay) -> list[Part]:
    """A stored plan, for the rules."""
    return [
        Part(
            kind=part.kind,
            minutes=part.minutes,
            taught=part.taught,
            watchers=tuple(person.pk for person in _watching(part, day.on)),
            other_watcher=part.other_watcher,
            row=row,
        )
        for row, part in enumerate(day.parts.all(), 1)
    ]


def is_reserved(day: OutreachDay) -> bool:
    """Item 9 of the protocol keeps time for review on that date (P9); one query."""
    kept = PlannedReview.objects.filter(placement=day.placement_id, kind=PlannedReview.Kind.RESERVED_DAY, on=day.on)
    return kept.exists()


def problems_of(day: OutreachDay) -> list[Problem]:
    """What is wrong with a stored plan by now: a watcher has withdrawn (R-6.12), or the day became shorter."""
    return parts_rules.plan_problems(parts_of(day), day, day.placement.supported.all(), reserved=is_reserved(day))


def days_of(person: SupportedStaff) -> list[OutreachDay]:
    """All days of a person's placement, in order. One query for as long as the placement's object lives."""
    prefetch_related_objects([person.placement], "outreach_days")
    return list(person.placement.outreach_days.all())


def coming(person: SupportedStaff, today: date) -> NextDay | None:
    """The next outreach day of somebody supported, and what is planned for it; others are not named (R-18.8)."""
    day = next((day for day in days_of(person) if day.on >= today and day.status in DAY_OPEN), None)
    if day is None:
        return None
    prefetch_related_objects([day], _parts())
    parts = [part.in_words() + (": you watch" if person in part.watchers.all() else "") for part in day.parts.all()]
    told = teller_for(person)
    return NextDay(
        on=day.on, where=day.get_venue_display(), length=_length(day), note=told(day.note), parts=told(parts)
    )


def _length(day: OutreachDay) -> str:
    return "a whole day" if day.days == 1 else days_words(day.days)


def days_to_come(person: SupportedStaff, today: date) -> list[OwnDay]:
    """The days to come of a placement in which this person takes part, and those that were called off (R-18.8)."""
    if not person.is_in or person.placement.status not in PLACEMENT_OPEN:
        return []
    days = [day for day in days_of(person) if day.on >= today and day.status != DayStatus.DONE]
    return [OwnDay(day.on, *_as_told(day), f"{day.get_venue_display()}, {days_words(day.days)}") for day in days]


def _as_told(day: OutreachDay) -> tuple[str, str]:
    return ("Called off", "grey") if day.status == DayStatus.CANCELLED else ("To come", "blue")


def day_plan(day: OutreachDay, user: User, today: date) -> DayPlan:
    """Names only for those who may know them; the home headteacher reads how long each part takes, not what (G)."""
    placement = day.placement
    whole = reads_days_whole(user, placement)
    named, redact = can_see_names(user, placement), redactor(user, placement)
    stored = list(day.parts.all())
    ahead = is_ahead(day, today)
    lines = []
    for number, part in enumerate(stored, 1):
        people = [person.name if named else person.initials for person in _watching(part, day.on)]
        lines.append(
            Line(
                what=part.get_kind_display() if whole else f"Part {number}",
                length=span(part.minutes),
                taught=redact(part.taught) if whole else "",
                watched_by=", ".join(filter(None, [*people, redact(part.other_watcher)])) if whole else "",
            )
        )
    return DayPlan(
        lines=lines,
        total=span(sum(part.minutes for part in stored)),
        to_mend=[problem.message for problem in problems_of(day)] if stored and ahead and whole else [],
        whole=whole,
        can_change=ahead and can_plan_parts(user, day),
    )


def is_ahead(day: OutreachDay, today: date) -> bool:
    """Neither past, written up nor called off: its plan may still be changed."""
    return day.status in DAY_OPEN and day.on >= today


def start_of(day: OutreachDay) -> tuple[list[Part], OutreachDay | None]:
    """What the form shows first, and the day it was taken from: the plan itself, else that of the latest day of the
    same length, else the usual one."""
    if own := parts_of(day):
        return own, day
    others = OutreachDay.objects.filter(placement=day.placement_id, days=day.days, parts__isnull=False)
    latest = with_parts(others.order_by("-on")).first()
    if latest is None:
        return parts_rules.usual(day.days), None
    return parts_rules.without_lessons(parts_of(latest)), latest


def without_plan(day: OutreachDay, today: date) -> QuerySet[OutreachDay]:
    """The other days to come of the placement that are as long and have no plan yet."""
    others = OutreachDay.objects.to_come(today).filter(placement=day.placement_id, days=day.days, parts=None)
    return others.exclude(pk=day.pk)


def _watching(part: DayPart, on: date) -> list[SupportedStaff]:
    return [person for person in part.watchers.all() if person.takes_part(on)]
