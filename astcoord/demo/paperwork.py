"""The paperwork of a demonstration placement: its terms and objectives, and what each of the ten items asks for."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from astcoord.core import policy as policies
from astcoord.core.policy_choices import Pattern
from astcoord.demo.ask import Ask
from placements.agreement.actions import terms
from placements.agreement.lifecycle import Agreement
from placements.papers.models import SharedDocument
from placements.placement.models import Placement, PlannedReview
from placements.placement.ten_items import ActionOwner
from schools.calendar import reads as calendar
from schools.calendar.models import HalfTerm
from staff.accounts.models import User

Kind = PlannedReview.Kind


def outreach_dates(placement: Placement, teaching: calendar.SchoolCalendar) -> list[date]:
    """The placement's weekday in each teaching week of its dates."""
    if placement.starts_on is None or placement.ends_on is None:
        return []
    span = teaching.school_days(placement.starts_on, placement.ends_on)
    return [d for d in span if d.weekday() == placement.weekday]


def settle_terms(placement: Placement, ask: Ask, *, by: User, now: date, teaching: calendar.SchoolCalendar) -> None:
    """Dates three weeks on, on the AST's own weekday, and two objectives. A block is of whole half-terms (R-4.4)."""
    begin, end, weekday = _span(placement, now, teaching)
    terms.save_terms(
        placement=placement,
        by=by,
        focus=ask.outcome,
        starts_on=begin,
        ends_on=end,
        weekday=weekday,
        day_share=Decimal(1),
        notice_days=5,
        host_expectations="Release the staff named for planning and for the talk at the end of each day.",
        ast_expectations="Plan, teach and review alongside the staff named; keep the diary up to date.",
        inspector_name="Larch Wetherby",
        inspector_role="Senior education inspector",
    )
    terms.add_objective(
        placement=placement,
        by=by,
        text=ask.outcome,
        baseline=ask.baseline,
        criterion=ask.criterion,
        evidence=ask.shows,
    )
    terms.add_objective(
        placement=placement,
        by=by,
        text="What has been learned is shared with the whole staff.",
        baseline="Nothing has been shared yet.",
        criterion="One staff meeting led by the staff supported, and a written guide in use by the end.",
        evidence="Minutes of the meeting, and the guide.",
    )


def _span(placement: Placement, now: date, teaching: calendar.SchoolCalendar) -> tuple[date, date, int]:
    """First day, last day and weekday."""
    pattern = placement.post.pattern_on(now)
    weekday = pattern[0].weekday if pattern else 0
    begin = now + timedelta(weeks=3)
    while begin.weekday() != weekday or not teaching.school_day(begin):
        begin += timedelta(days=1)
    end, count = begin, 1
    while count < int(placement.days) + 2:
        end += timedelta(weeks=1)
        count += teaching.school_day(end)
    if policies.in_force().placement_pattern == Pattern.BLOCK:
        begin, end = _block(begin, weekday, int(placement.days), teaching)
    return begin, end, weekday


def _block(begin: date, weekday: int, count: int, teaching: calendar.SchoolCalendar) -> tuple[date, date]:
    """As many half-terms, from the next one on, as hold `count` days on that weekday."""
    halves = HalfTerm.objects.filter(starts_on__gte=begin).order_by("starts_on")
    first = halves[0].starts_on
    for half in halves:
        if sum(day.weekday() == weekday for day in teaching.school_days(first, half.ends_on)) >= count:
            return first, half.ends_on
    raise LookupError("the calendar ends before the block")


def item_facts(placement: Placement, number: int, *, now: date, teaching: calendar.SchoolCalendar) -> dict[str, Any]:
    """The facts that each item asks for."""
    dates = outreach_dates(placement, teaching)
    middle, last = dates[len(dates) // 2], dates[-1]
    facts: dict[int, dict[str, Any]] = {
        2: {"staff_meeting_not_needed": True},
        4: {"reviews": {Kind.SCHOOL_EVALUATION: [middle], Kind.FINAL_EVALUATION: [last]}},
        5: {
            "day_shape": "Two lessons together, planning in non-contact time, a talk at half past three.",
            "visit_planned_on": dates[1],
            "visit_host_agrees": True,
            "agreement": Agreement.WITH_ACTION,
            "action": "Agree to the visit",
            "owner": ActionOwner.HOME_HEAD,
            "due": now + timedelta(days=7),
        },
        6: {"reviews": {Kind.REVIEW_MEETING: [middle]}},
        7: {"notice_days": 5},
        9: {"reviews": {Kind.RESERVED_DAY: [last]}},
        10: {"papers_asked": {k: {"owner": "School office", "due": dates[0]} for k in SharedDocument.Kind.values}},
    }
    return facts.get(number, {})
