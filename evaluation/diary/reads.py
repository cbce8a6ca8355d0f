"""A placement's days, and an AST's, by half-term: planned, delivered, cancelled, not logged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Sum

from astcoord.ui.charts import Block, Strip
from evaluation.diary import permissions
from evaluation.diary.lifecycle import DiaryStatus
from evaluation.diary.models import DiaryEntry
from evaluation.diary.rules import Depth
from evaluation.evidence.permissions import can_attach
from evaluation.evidence.reads import Item, of_day
from evaluation.ideas.reads import text_of
from placements.days import ledger
from placements.days.lifecycle import DAY_OPEN, DayStatus
from placements.days.models import DayPart, OutreachDay
from placements.days.permissions import can_cancel_day, can_confirm_day, can_plan_parts
from placements.days.reads import days as days_reads
from placements.days.reads.days import DayTotals
from placements.days.reads.records import due_on
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names, reads_whole
from placements.supported.models import SupportedStaff
from placements.supported.reads import OwnDay
from placements.supported.redaction import redactor
from schools.calendar.models import AcademicYear, HalfTerm
from staff.accounts.models import User
from staff.posts.models import Post

HAS_PLAN = Exists(DayPart.objects.filter(day=OuterRef("pk")))
FITS = 25
"""Days that an AST's page shows at once."""
TEXTS = ("priorities", "evidence", "next_steps", "talk_note")


@dataclass(frozen=True)
class Row:
    """One day as the table shows it, with what this reader may do about it."""

    day: OutreachDay
    state: str
    state_words: str
    tone: str
    entry: DiaryEntry | None
    can_write: bool = False
    can_change: bool = False
    can_cancel: bool = False
    can_confirm: bool = False
    has_plan: bool = False
    due: date | None = None
    """By when it is to be written up, of one that is not."""
    can_plan: bool = False

    @property
    def has_actions(self) -> bool:
        """There is something to do or to read."""
        reads = self.entry is not None and not self.draft
        may = (self.can_write, self.can_change, self.can_cancel, self.can_confirm, self.has_plan, self.can_plan)
        return reads or any(may)

    @property
    def draft(self) -> bool:
        """The reader's own draft waits to be submitted."""
        return self.entry is not None and self.entry.status == DiaryStatus.DRAFT


@dataclass(frozen=True)
class Group:
    """The days of one half-term."""

    name: str
    rows: Sequence[Row]
    totals: DayTotals


@dataclass(frozen=True)
class Diary:
    """What the page shows: the days in order, the sums, and the same as a picture."""

    groups: Sequence[Group]
    totals: DayTotals
    strip: Strip
    depth: Depth = Depth.ALL

    @property
    def to_write(self) -> list[Row]:
        """Days that this reader has still to write up, the oldest first."""
        return [row for group in self.groups for row in group.rows if row.can_write]

    @property
    def is_long(self) -> bool:
        """More than a page holds: it is read by the half-term."""
        return sum(len(group.rows) for group in self.groups) > FITS

    def half(self, asked: str, today: date) -> "Diary":
        """A long one with one half-term, that of the number asked for, or else the first that is not over yet."""
        if not self.is_long:
            return self
        numbered = {str(number): group for number, group in enumerate(self.groups, 1)}
        now = next((group for group in self.groups if group.rows[-1].day.on >= today), self.groups[-1])
        return replace(self, groups=[numbered.get(asked, now)])


def of_placement(placement: Placement, user: User, today: date) -> Diary:
    """One placement's days, as far as `user` may read them."""
    days = list(placement.outreach_days.annotate(has_plan=HAS_PLAN))
    depth = permissions.depth(user, placement)
    entries = _entries(days, user) if depth >= Depth.PRIORITIES else {}
    redact = redactor(user, placement)
    for day in days:
        day.placement = placement
        day.note, day.cancelled_reason = redact(day.note), redact(day.cancelled_reason)
    for entry in entries.values():
        entry.priorities = redact(entry.priorities)
    rows = [_row(day, entries.get(day.pk), user, today) for day in days]
    first = min([day.on for day in days] + ([placement.starts_on] if placement.starts_on else []), default=today)
    last = max([day.on for day in days] + ([placement.ends_on] if placement.ends_on else []), default=today)
    halves = list(HalfTerm.objects.touching(first, last).select_related("term"))
    title = f"Days at {placement.host.name}"
    strip = replace(_strip(title, placement.days, rows, halves, today), before=placement.days_before)
    return Diary(_grouped(rows, halves, today), _totals(rows, today), strip, depth)


def of_person(user: User, year: AcademicYear, today: date) -> Diary:
    """Everything that an AST has planned and done in a year, all placements together."""
    found = OutreachDay.objects.filter(placement__post__user=user, on__range=(year.starts_on, year.ends_on))
    days = list(found.select_related("placement__host", "placement__post").annotate(has_plan=HAS_PLAN))
    entries = _entries(days, user)
    rows = [_row(day, entries.get(day.pk), user, today) for day in days]
    posts = Post.objects.filter(user=user).values_list("pk", flat=True)
    budget = sum((b.budget for b in ledger.balances(posts, year).values()), Decimal(0))
    halves = list(HalfTerm.objects.touching(year.starts_on, year.ends_on).select_related("term"))
    before = ledger.undated().filter(post__user=user, year=year).aggregate(Sum("days"))["days__sum"] or Decimal(0)
    strip = replace(_strip(f"Your outreach in {year}", budget, rows, halves, today), before=before)
    return Diary(_grouped(rows, halves, today), _totals(rows, today), strip)


@dataclass(frozen=True)
class EntryPage:
    """One entry as its page shows it to one reader."""

    entry: DiaryEntry
    depth: Depth
    objectives: Sequence[str]
    staff: Sequence[str]
    can_edit: bool
    can_ask: bool
    corrections: Sequence[Any]
    evidence: Sequence[Item]
    can_attach: bool
    idea: str
    classes: Sequence[str]

    @property
    def whole(self) -> bool:
        """More than priorities and time."""
        return self.depth == Depth.ALL

    @property
    def activities(self) -> list[str]:
        """What was done, in words."""
        return _labels(self.entry)


def entry_page(entry: DiaryEntry, user: User) -> EntryPage:
    """Names only for those who may know them; for the rest initials, and texts without names. Not to be saved."""
    placement = entry.day.placement
    depth = permissions.depth(user, placement)
    named = can_see_names(user, placement)
    redact = redactor(user, placement)
    for name in TEXTS:
        setattr(entry, name, redact(getattr(entry, name)))
    whole = depth == Depth.ALL
    staff = [p.name if named else p.initials for p in entry.staff.all()] if whole else []
    objectives = [f"{o.number}. {redact(o.text)}" for o in entry.objectives.all()] if whole else []
    return EntryPage(
        entry,
        depth,
        objectives,
        staff,
        can_edit=permissions.can_edit_entry(user, entry),
        can_ask=permissions.can_ask_correction(user, entry),
        corrections=list(entry.corrections.all()) if named else [],
        evidence=of_day(entry.day, user),
        can_attach=can_attach(user, placement),
        idea=text_of(entry.day, user),
        classes=[redact(lesson.taught) for lesson in entry.day.lessons_told.all()] if whole else [],
    )


def _entries(days: Iterable[OutreachDay], user: User) -> dict[int, DiaryEntry]:
    found = DiaryEntry.objects.visible_to(user).filter(day__in=[day.pk for day in days])
    return {entry.day_id: entry for entry in found}


def _row(day: Any, entry: DiaryEntry | None, user: User, today: date) -> Row:
    state = days_reads.state_of(day, today)
    words, tone = days_reads.STATES[state]
    is_open = day.status in DAY_OPEN
    plans = is_open and permissions.can_write_diary(user, day.placement)
    return Row(
        day=day,
        state=state,
        state_words=words,
        tone=tone,
        entry=entry,
        due=due_on(day.on, today) if state == days_reads.NOT_LOGGED else None,
        can_write=plans and day.on <= today,
        can_change=plans and day.on >= today,
        can_cancel=is_open and can_cancel_day(user, day),
        has_plan=day.has_plan and reads_whole(user, day.placement),
        can_plan=is_open and day.on >= today and can_plan_parts(user, day),
        can_confirm=day.status == DayStatus.PLANNED and day.on >= today and can_confirm_day(user, day),
    )


def _grouped(rows: Sequence[Row], halves: Sequence[HalfTerm], today: date) -> list[Group]:
    """Half-terms that hold a day, in order; a day in none of them (a calendar that was changed) comes last."""
    groups = []
    left = list(rows)
    for half in sorted(halves, key=lambda h: h.starts_on):
        inside = [row for row in left if half.holds(row.day.on)]
        left = [row for row in left if not half.holds(row.day.on)]
        if inside:
            groups.append(Group(half.name, inside, _totals(inside, today)))
    return [*groups, Group("Outside term", left, _totals(left, today))] if left else groups


def _totals(rows: Iterable[Row], today: date) -> DayTotals:
    return days_reads.totals([row.day for row in rows], today)


def _strip(title: str, budget: Decimal, rows: Sequence[Row], halves: Sequence[HalfTerm], today: date) -> Strip:
    blocks = []
    for half in sorted(halves, key=lambda h: h.starts_on):
        sums = _totals([row for row in rows if half.holds(row.day.on)], today)
        label = f"{half.term.get_season_display()} {half.number}"
        blocks.append(Block(label, sums.planned + sums.not_logged, sums.delivered, current=half.holds(today)))
    return Strip(title=title, budget=budget, blocks=blocks)


def days_of_person(person: SupportedStaff, today: date) -> list[OwnDay]:
    """The days on which one of the people supported took part, as the diary says: the kinds of work, and none of the
    AST's texts, which may tell of several people (section G)."""
    entries = DiaryEntry.objects.submitted().filter(staff=person).select_related("day")
    return [OwnDay(entry.day.on, "Held", "green", "; ".join(_labels(entry))) for entry in entries]


def _labels(entry: DiaryEntry) -> list[str]:
    return list(DiaryEntry._meta.get_field("activities").labels(entry))
