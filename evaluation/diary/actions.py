"""Writing up outreach days (R-10.3, R-10.4). The day, the ledger and the entry change together or not at all."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate, policy
from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from evaluation.diary import emails, permissions, rules
from evaluation.diary.lifecycle import DiaryStatus
from evaluation.diary.models import DiaryEntry
from evaluation.ideas import actions as ideas
from evaluation.ideas.rules import idea_problems
from placements.days.actions import corrections as days_corrections
from placements.days.actions import days as days_actions
from placements.days.actions.lessons import tell_lessons
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.days.reads.lessons import has_planned_lesson
from placements.days.reads.records import late_until
from placements.days.rules import days as day_rules
from placements.placement.models import Placement
from placements.supported import names
from schools.calendar.models import Term
from staff.accounts.models import User
from staff.expertise.vocabulary import WorkType
from staff.posts.models import Post


@dataclass(frozen=True)
class DayHeld:
    """When it was, for how long, and where."""

    on: date
    days: Decimal
    venue: str


@dataclass(frozen=True)
class Telling:
    """What the AST says of the day. `staff` and `objectives` are ids of the placement's own.

    `classes`: those that had a model lesson, looked at only where `activities` name one (R-6.5).
    `idea`: what the AST's own school gains (R-10.11); None leaves what was said of it as it is.
    """

    priorities: str = ""
    activities: Collection[str] = ()
    classes: Collection[str] = ()
    staff: Collection[int] = ()
    objectives: Collection[int] = ()
    evidence: str = ""
    next_steps: str = ""
    talk_held: bool | None = None
    talk_note: str = ""
    idea: str | None = None

    def missing(self) -> list[Problem]:
        """What keeps it from being submitted."""
        return rules.missing_from_entry(
            priorities=self.priorities,
            activities=self.activities,
            talk_held=self.talk_held,
            talk_note=self.talk_note,
        )


@transaction.atomic
def save_draft(
    *, placement: Placement, held: DayHeld, telling: Telling, by: User, draft: DiaryEntry | None = None
) -> DiaryEntry:
    """Keep what there is so far. The day itself is held to every rule at once: time cannot be a draft.

    With `draft`, that entry's own day moves to another date or length if `held` says so.
    """
    refuse(_foreign(placement, telling, held.on))
    day = _day_of(placement, held, draft, by)
    if (day.on, day.days, day.venue) != (held.on, held.days, held.venue):
        day = days_actions.change_day(day=day, by=by, **asdict(held))
    return _write(day, telling, by)


@transaction.atomic
def submit_entry(
    *, placement: Placement, held: DayHeld, telling: Telling, by: User, draft: DiaryEntry | None = None
) -> DiaryEntry:
    """Write up a day, planned or not, in one go: the day is done and its time delivered (R-10.4)."""
    refuse(wrong_with(placement=placement, telling=telling, on=held.on))
    entry = _write(_day_of(placement, held, draft, by), telling, by)
    days_actions.deliver_day(day=entry.day, by=by, **asdict(held))
    return gate.move(entry, "submit", by=by, may=permissions.can_edit_entry, submitted_at=timezone.now())


@transaction.atomic
def correct_entry(
    *, entry: DiaryEntry, telling: Telling, by: User, held: DayHeld | None = None, why: str = ""
) -> DiaryEntry:
    """Change what a submitted entry says while its term is open, with `held` also when and how long it was (R-10.8).

    Another date needs `why` (R-20.5): the ledger reverses the one and enters the other, and the entry stays with its
    day.
    """
    entry = locked(entry)
    if not permissions.can_edit_entry(by, entry):
        raise PermissionDenied("correct a diary entry")
    held = held or held_of(entry)
    refuse(rules.another_date_unsaid(entry.day.on, held.on, why))
    return put_right(entry=entry, held=held, telling=telling, by=by, why=why.strip())


def put_right(*, entry: DiaryEntry, held: DayHeld, telling: Telling, by: User, why: str = "") -> DiaryEntry:
    """Write what was really so, with its trace; the host school hears of another time. The caller holds the entry."""
    refuse(wrong_with(placement=entry.day.placement, telling=telling, on=held.on))
    was, before = held_of(entry), facts_of(entry)
    entry.day = days_corrections.correct_day(day=entry.day, by=by, why=why, **asdict(held))
    entry = _fill(entry, telling, by)
    audit.record("diary entry: corrected", entry, by=by, reason=why, before=before, after=facts_of(entry))
    if was != held:
        emails.time_corrected(entry, was.on, by=by)
    return entry


def locked(entry: DiaryEntry) -> DiaryEntry:
    """The entry as it stands, held for the rest of the transaction."""
    rows = DiaryEntry.objects.select_for_update(of=("self",)).select_related("day__placement__post__user")
    return rows.get(pk=entry.pk)


@transaction.atomic
def lock_entries(on: date) -> int:
    """Close the entries of terms that have ended (R-10.8); how many. A second run finds none."""
    term = Term.objects.filter(ends_on__lt=on).order_by("-ends_on").first()
    if term is None:
        return 0
    open_entries = DiaryEntry.objects.filter(status=DiaryStatus.SUBMITTED, day__on__lte=term.ends_on)
    return each(open_entries, lambda entry: gate.move(entry, "lock", by=None))


def _day_of(placement: Placement, held: DayHeld, draft: DiaryEntry | None, by: User) -> OutreachDay:
    """The draft's own day, or the one that is planned or made for the date."""
    if draft is not None:
        refuse(day_rules.in_the_future(held.on, today()))
        return draft.day
    day = days_actions.begin_day(placement=placement, by=by, **asdict(held))
    if day.status == DayStatus.DONE:
        raise Refused([_already_written(held.on)])
    return day


def _write(day: OutreachDay, telling: Telling, by: User) -> DiaryEntry:
    """The day's draft, new or of the same author."""
    entry, _ = DiaryEntry.objects.select_for_update(of=("self",)).get_or_create(day=day, defaults={"author": by})
    if entry.status != DiaryStatus.DRAFT:
        raise Refused([_already_written(day.on)])
    if entry.author_id != by.pk:
        raise Refused([Problem(f"{entry.author} has already begun the entry for that date.", field="on")])
    return _fill(entry, telling, by)


def _fill(entry: DiaryEntry, telling: Telling, by: User) -> DiaryEntry:
    entry.priorities = telling.priorities.strip()
    entry.activities = tuple(telling.activities)  # type: ignore[assignment]  # a set of codes, not a text
    entry.evidence = telling.evidence.strip()
    entry.next_steps = telling.next_steps.strip()
    entry.talk_note = telling.talk_note.strip()
    # "Not possible" without a reason yet is not kept in a draft: the answer is asked for again.
    entry.talk_held = None if telling.talk_held is False and not entry.talk_note else telling.talk_held
    entry.save()
    entry.staff.set(telling.staff)
    entry.objectives.set(telling.objectives)
    taught = telling.classes if WorkType.MODEL_LESSON in telling.activities else ()
    tell_lessons(day=entry.day, classes=taught)
    if telling.idea is not None:
        ideas.tell(day=entry.day, text=telling.idea, by=by)
    return entry


def wrong_with(*, placement: Placement, telling: Telling, on: date) -> list[Problem]:
    """What keeps it from standing in the diary of that day."""
    planned = has_planned_lesson(placement, on)
    lessons = rules.lesson_problems(telling.activities, telling.classes, planned=planned)
    return [*telling.missing(), *lessons, *_foreign(placement, telling, on)]


def _foreign(placement: Placement, telling: Telling, on: date) -> list[Problem]:
    staff = set(placement.supported.values_list("pk", flat=True))
    there = set(placement.supported.taking_part(on).values_list("pk", flat=True))
    objectives = set(placement.objectives.values_list("pk", flat=True))
    return [
        *rules.not_of_this_placement(telling.staff, staff, field="staff", noun="supported staff"),
        *rules.withdrawn_by_then(telling.staff, staff - there),
        *rules.not_of_this_placement(telling.objectives, objectives, field="objectives", noun="objectives"),
        *idea_problems(telling.idea or "", names.of_placement(placement), field="idea", needed=False),
    ]


def _already_written(on: date) -> Problem:
    return Problem(
        "There is already a submitted entry for that date. Open it from the diary to correct it.",
        field="on",
        code="written",
    )


def held_of(entry: DiaryEntry) -> DayHeld:
    """When it was, as it stands."""
    return DayHeld(entry.day.on, entry.day.days, entry.day.venue)


def facts_of(entry: DiaryEntry) -> dict[str, Any]:
    """All that it says, as history keeps it: people and objectives by their ids."""
    return {
        **asdict(held_of(entry)),
        "priorities": entry.priorities,
        "activities": list(entry.activities),
        "classes": [lesson.taught for lesson in entry.day.lessons_told.all()],
        "evidence": entry.evidence,
        "next_steps": entry.next_steps,
        "talk_held": entry.talk_held,
        "talk_note": entry.talk_note,
        "staff": list(entry.staff.values_list("pk", flat=True)),
        "objectives": list(entry.objectives.values_list("pk", flat=True)),
    }


@policy.once()
def remind_of_missing_entries(today: date) -> int:
    """Ask each AST once for each planned day whose record is late; how many are new.

    Nobody is asked while away from the post (R-17.7).
    """
    late = OutreachDay.objects.not_logged(late_until(today)).select_related("placement__post__user", "placement__host")
    late = late.exclude(placement__post__in=Post.objects.away(today))
    asked = set(Message.objects.filter(kind="diary-missing").values_list("key", flat=True))
    new = [day for day in late if emails.missing_key(day) not in asked]
    return each(new, emails.missing)
