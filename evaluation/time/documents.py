"""The diary and time statement on paper: the same figures as on the screen (R-15.11)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.documents import as_download
from astcoord.core.wording import date_words, days_words
from evaluation.diary.models import DiaryEntry
from evaluation.time.reads import TimeReport, time_report
from placements.days.models import OutreachDay
from placements.supported.redaction import redactor
from staff.accounts.models import User

KIND = "time-statement"
WAYS = ("school", "half_term", "activity")


def facts_of(days: QuerySet[OutreachDay], *, who: str, first: date, last: date, user: User) -> dict[str, Any]:
    """Sums in three ways, and every date in order with its main priorities where the reader may see them."""
    dates = list(days.select_related("placement__host", "placement__post").order_by("on", "pk"))
    return {
        **documents.letterhead(),
        "who": who,
        "first": first,
        "last": last,
        "total": days_words(sum((day.days for day in dates), start=Decimal(0))),
        "tables": [_table(time_report(days, way)) for way in WAYS],
        "dates": _dates(dates, user),
    }


def download(days: QuerySet[OutreachDay], *, who: str, first: date, last: date, user: User) -> HttpResponse:
    """The statement as it stands now."""
    title = f"Diary and time statement, {who}, {date_words(first)} to {date_words(last)}"
    facts = facts_of(days, who=who, first=first, last=last, user=user)
    return as_download(documents.preview(KIND, title=title, facts=facts, on=timezone.now()), title)


def _table(report: TimeReport) -> dict[str, Any]:
    return {
        "heading": report.heading,
        "rows": [[line.label, days_words(line.days), line.dates] for line in report.lines],
        "overlaps": report.overlaps,
    }


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
