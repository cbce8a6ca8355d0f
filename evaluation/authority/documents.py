"""The annual report on paper: the tables of the page, with drawings; and what was issued (R-15.16)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import audit, documents
from astcoord.core.models.documents import Document
from astcoord.ui.charts import draw_bars
from evaluation.authority.reads.annual import TITLE, Annual
from evaluation.reviews.wording import CONTRIBUTION
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.figures.documents import table_facts
from staff.figures.reads.sheets import Cell, Sheet, Table

KIND = "annual-report"
FORUM = "forum-report"
"""One page with the tables of a sheet."""
DRAWN = {"days-priority": 2, "days-subject": 2, "days-phase": 2, "demand-csv": 1, "outcomes-csv": 1}
"""Tables that are also drawn, and which column of them."""
BARS, LETTERS, GAP = 12, 30, 6
"""So many bars at most, with so much of their labels: the table beside them has all. Then a gap, and the number."""


def facts_of(annual: Annual) -> dict[str, Any]:
    """What the page says, with drawings."""
    return {
        **documents.letterhead(),
        "chosen": annual.words,
        "contribution": CONTRIBUTION,
        "sections": [_section(section) for section in annual.sections],
    }


def _section(section: Sheet) -> dict[str, Any]:
    return {
        "title": section.title,
        "lead": section.lead,
        "empty": "" if section.tables else section.empty,
        "notes": [note for note in section.notes if note != CONTRIBUTION],
        "tables": [{**table_facts(table), "drawn": _drawn(table)} for table in section.tables],
    }


def _drawn(table: Table) -> dict[str, Any] | None:
    """Bars for the largest numbers of the table."""
    column = DRAWN.get(table.code)
    pairs = [(_short(row[0]), float(row[column])) for row in table.rows] if column else []
    if not pairs:
        return None
    drawing = draw_bars(table.title, pairs[:BARS])
    what = f"{table.title}: {table.header[column or 0].lower()}"
    return {
        "title": f"{what}, the first {BARS}" if len(pairs) > BARS else what,
        "width": drawing.width,
        "height": drawing.height,
        "bars": [
            {
                **{"label": each.text, "note": each.note, "base": each.text_y, "end": each.x + each.width + GAP},
                **{"x": each.x, "y": each.y, "width": each.width, "height": each.height},
            }
            for each in drawing.rects
        ],
    }


def _short(label: Cell) -> str:
    words = str(label)
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"


def download(annual: Annual, *, by: User) -> HttpResponse:
    """As things stand now, narrowed as the page is. That it was taken away is recorded (R-16.3)."""
    name = annual.period.name if annual.period else ""
    audit.exported(KIND, by=by, rows=_lines(annual), filters={"chosen": annual.words})
    title = f"{TITLE}, {name}, preview"
    return documents.as_download(documents.preview(KIND, title=title, facts=facts_of(annual), on=timezone.now()), title)


def _lines(annual: Annual) -> int:
    return sum(len(table.rows) for table in annual.tables)


def issued() -> QuerySet[Document]:
    """The reports that were issued, the newest first."""
    found: QuerySet[Document] = Document.objects.filter(kind=KIND).order_by("-pk")
    return found


def freeze(annual: Annual, year: AcademicYear, *, version: int, by: User) -> Document:
    """One version for good."""
    title = f"{TITLE}, school year {year}" + (f", version {version}" if version > 1 else "")
    return documents.freeze(KIND, title=title, facts=facts_of(annual), about=year, by=by)
