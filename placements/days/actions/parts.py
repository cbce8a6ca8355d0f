"""What is to happen on an outreach day is settled before it (R-10.1, R-6.3)."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, named
from astcoord.core.clock import today
from astcoord.core.problems import refuse
from placements.days import emails, permissions
from placements.days.lifecycle import DAY_OPEN
from placements.days.models import DayPart, OutreachDay
from placements.days.reads import parts as parts_reads
from placements.days.rules import parts as days_rules
from placements.days.rules.parts import Part
from staff.accounts.models import User


@transaction.atomic
def plan_parts(
    *, day: OutreachDay, parts: Sequence[Part], seen: int, by: User, for_others: bool = False
) -> list[OutreachDay]:
    """Put this plan in the place of the one before; Refused with the reasons when it lacks something.

    `seen` is the `parts_version` that was changed: of two people at once the second is told. With `for_others` the
    placement's other days of this length that have no plan get the same, model lessons as work. Returns all days
    planned, this one first.
    """
    if not permissions.can_plan_parts(by, day):
        raise PermissionDenied("plan what happens on a day")
    day = _locked(day)
    refuse(days_rules.too_late(day.on, today(), is_open=day.status in DAY_OPEN))
    refuse(days_rules.overtaken(seen, day.parts_version))
    refuse(days_rules.plan_problems(parts, day, day.placement.supported.all()))
    others = [_locked(each) for each in parts_reads.without_plan(day, today()).order_by("on")] if for_others else []
    _store(day, parts, by)
    for other in others:
        _store(other, days_rules.without_lessons(parts), by)
    emails.parts_planned([day, *others], by=by)
    return [day, *others]


def _locked(day: OutreachDay) -> OutreachDay:
    rows = OutreachDay.objects.select_for_update(of=("self",))
    return rows.select_related("placement__post__user", "placement__host", "placement__home").get(pk=day.pk)


def _store(day: OutreachDay, parts: Sequence[Part], by: User) -> None:
    before = [str(part) for part in day.parts.all()]
    day.parts.all().delete()
    planned = [_row(day, number, part) for number, part in enumerate(parts, 1)]
    named.about_to_write(*planned)
    rows = DayPart.objects.bulk_create(planned)
    for row, part in zip(rows, parts, strict=True):
        if part.is_lesson:
            row.watchers.set(part.watchers)
    day.parts_version += 1
    day.save(update_fields=["parts_version"])
    after = [str(row) for row in rows]
    audit.record("outreach day: parts planned", day, by=by, before={"parts": before}, after={"parts": after})


def _row(day: OutreachDay, number: int, part: Part) -> DayPart:
    """Only a model lesson keeps a class and watchers, whatever a browser sent with another part."""
    row = DayPart(day=day, number=number, kind=part.kind, minutes=part.minutes)
    if part.is_lesson:
        row.taught, row.same_class = part.taught.strip(), days_rules.same_class(part.taught)
        row.other_watcher = part.other_watcher.strip()
    return row
