"""Comma-separated files that a spreadsheet can open without harm (R-14.7)."""

import csv
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from django.utils.text import slugify

from astcoord.core import audit
from astcoord.core.spreadsheet_cells import safe
from astcoord.core.tablefile.table import REMARK
from astcoord.core.words import said

if TYPE_CHECKING:
    from staff.accounts.models import User


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(header: Iterable[Any], rows: Iterable[Iterable[Any]], told: Iterable[str] = ()) -> Iterator[str]:
    """The file line by line, with the mark that makes spreadsheets read it as UTF-8.

    What is `told` of the rows stands below them, after an empty line: the header stays the first line, and whoever
    sorts the rows does not sort it among them. Loading passes it over (`core.tablefile`).
    """
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in [header, *rows]:
        yield writer.writerow([safe(cell) for cell in row])
    for line in ("", *told) if told else ():
        yield writer.writerow([f"{REMARK}{line}"] if line else [])


def csv_response(
    name: str,
    header: Iterable[Any],
    rows: Iterable[Iterable[Any]],
    *,
    by: "User",
    filters: dict[str, Any] | None = None,
    told: Iterable[str] = (),
) -> StreamingHttpResponse:
    """A download called `name`.csv. That `by` took it away is recorded (R-16.3): no file leaves without a trace."""
    # All at once: what is sent later is sent outside of the scheme’s words.
    header, lines, told = said(list(header)), said([list(row) for row in rows]), said(list(told))
    audit.exported(name, by=by, rows=len(lines), filters=filters)
    response = StreamingHttpResponse(csv_lines(header, lines, told), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    return response
