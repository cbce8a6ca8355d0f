"""The diary and time statement on paper: the same figures as on the screen (R-15.11)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.documents import as_download
from astcoord.core.wording import date_words, days_words, number
from evaluation.diary.models import DiaryEntry
from evaluation.time.reads import OUTREACH, Entry, Line, TimeReport, delivered, entries, time_report, undated
from placements.days.models import OutreachDay
from placements.supported.redaction import redactor
from staff.accounts.models import User

KIND = "time-statement"
WAYS = ("school", "term", "category", "activity")


def facts_of(*, who: str, first: date, last: date, user: User, ast: int | None = None) -> dict[str, Any]:
    """Sums in four ways, and every date in order with its main priorities where the reader may see them."""
    days = delivered(user, first=first, last=last, ast=ast)
    found = entries(user, first=first, last=last, ast=ast)
    reports = [time_report(found, way) for way in WAYS]
    total = reports[0].total
    before = undated(user, first=first, last=last, ast=ast)
    return {
        **documents.letterhead(),
        "who": who,
        "first": first,
        "last": last,
        "total": days_words(total.outreach),
        "undated": days_words(before) if before else "",
        "work": days_words(total.work) if total.work else "",
        "inreach": days_words(total.inreach) if total.inreach else "",
        "tables": [_table(report) for report in reports],
        "dates": _dates(list(days.select_related("placement__host", "placement__post").order_by("on", "pk")), user),
        "other": [_other(entry) for entry in found if entry.sort != OUTREACH],
    }


def download(*, who: str, first: date, last: date, user: User, ast: int | None = None) -> HttpResponse:
    """The statement as it stands now."""
    title = f"Diary and time statement, {who}, {date_words(first)} to {date_words(last)}"
    facts = facts_of(who=who, first=first, last=last, user=user, ast=ast)
    return as_download(documents.preview(KIND, title=title, facts=facts, on=timezone.now()), title)


def _table(report: TimeReport) -> dict[str, Any]:
    return {
        "heading": report.heading,
        "rows": [_row(line) for line in report.lines],
        "total": _row(report.total),
    }


def _row(line: Line) -> list[Any]:
    sorts = [number(days) for days in (line.outreach, line.work, line.inreach)]
    return [line.label, *sorts, days_words(line.days), line.dates]


def _other(entry: Entry) -> list[str]:
    """Kind and time; what it was stays with the AST, the home school and the office."""
    return [date_words(entry.on), entry.ast, entry.kinds[0], days_words(entry.days)]


def _dates(days: Sequence[OutreachDay], user: User) -> list[list[str]]:
    told = DiaryEntry.objects.visible_to(user).submitted().filter(day__in=[day.pk for day in days])
    priorities = dict(told.values_list("day_id", "priorities"))
    redactors = {day.placement_id: redactor(user, day.placement) for day in {d.placement_id: d for d in days}.values()}
    return [
        [
            date_words(day.on),
            day.placement.host.name,
            days_words(day.days),
            redactors[day.placement_id](priorities.get(day.pk, "")),
        ]
        for day in days
    ]
