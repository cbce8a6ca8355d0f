"""The days to cover on paper, for the staffroom's wall (R-18.4)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.wording import date_words, days_words
from placements.days.models import OutreachDay
from placements.placement.models import Placement

KIND = "cover-dates"
WHERE = {"host": "at that school", "home": "at this school"}


def cover_dates(days: Iterable[OutreachDay]) -> HttpResponse:
    """The dates as they stand now, by AST."""
    title = "Days to cover"
    return documents.as_download(documents.preview(KIND, title=title, facts=_facts(days), on=timezone.now()), title)


def _facts(days: Iterable[OutreachDay]) -> dict[str, Any]:
    by_ast: dict[str, list[list[str]]] = {}
    for day in days:
        by_ast.setdefault(day.placement.post.user.name, []).append(_row(day))
    tables = [{"ast": name, "rows": rows} for name, rows in sorted(by_ast.items())]
    return {**documents.letterhead(), "tables": tables}


def _row(day: OutreachDay) -> list[str]:
    cover = "; ".join(Placement._meta.get_field("cover").labels(day.placement)) or "Not planned yet"
    where = f"{day.placement.host.name}, {WHERE[day.venue]}"
    return [f"{day.on:%A} {date_words(day.on)}", days_words(day.days), where, cover, day.get_status_display()]
