"""A report on paper: the same tables as on the screen (R-15.15)."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import audit, documents
from astcoord.core.wording import date_words
from staff.accounts.models import User
from staff.figures.reads.sheets import Sheet, Table

KIND = "figures"


def facts_of(sheet: Sheet) -> dict[str, Any]:
    """What the page shows, but for people by name."""
    tables = [table for table in sheet.tables if table.printed]
    return {
        **documents.letterhead(),
        "chosen": sheet.words,
        "lead": sheet.lead,
        "notes": sheet.notes,
        "empty": "" if tables else sheet.empty,
        "tables": [table_facts(table) for table in tables],
    }


def table_facts(table: Table) -> dict[str, Any]:
    """One table as it is printed: every row of it."""
    return {
        "title": table.title,
        "header": table.header,
        "rows": table.rows,
        "total": table.total,
        "note": table.note,
    }


def download(sheet: Sheet, *, on: date, by: User, kind: str = KIND) -> HttpResponse:
    """As things stand now, in the look of `kind`. That it was taken away is recorded (R-16.3)."""
    facts = facts_of(sheet)
    audit.exported(sheet.name, by=by, rows=sum(len(t["rows"]) for t in facts["tables"]), filters=dict(sheet.chosen))
    title = f"{sheet.title}, {date_words(on)}"
    return documents.as_download(documents.preview(kind, title=title, facts=facts, on=timezone.now()), title)
