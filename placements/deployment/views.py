"""Deployment over the year, for the co-ordinator and officers (R-14.1, R-14.2)."""

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render

from astcoord.core import policy as policies
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.charts import plain
from astcoord.ui.export import csv_response
from placements.deployment import reads
from placements.deployment.forms import DeploymentForm
from placements.deployment.reads import Chosen, Row
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.accounts.models import User

COLUMNS = {
    "reference": "Placement",
    "host": "School",
    "phase": "Phase",
    "standing": "Category or programme",
    "cluster": "Cluster",
    "ast": "AST",
    "subject": "Subject",
    "priorities": "Priorities",
    "why_none": "Why none",
    "days": "Days",
    "delivered": "Delivered",
}
SHOWN = 100
"""Rows on the page at most; the file has all of them."""


@access(OFFICE | {Role.OFFICER})
def deployment(request: Request) -> HttpResponseBase:
    """Days by priority and by need, schools never supported, the use of budgets."""
    year = calendar.year_on(today())
    form = DeploymentForm(request.GET)
    if export := EXPORTS.get(request.GET.get("export", "")):
        name, header, lines = export
        return csv_response(
            name, header, lines(year, form.chosen, request.user), by=request.user, filters=_words(form.chosen)
        )
    rows = reads.rows(year, form.chosen, request.user) if year else []
    schools = reads.served(policies.in_force())
    context = {
        "year": year,
        "form": form,
        "rows": rows[:SHOWN],
        "total": reads.total(rows),
        "sums": _sums(rows),
        "twice": reads.counted_twice(rows),
        "unlinked": [row for row in rows if row.why_none],
        "never": reads.never_supported(schools, form.chosen),
        "budgets": reads.use_of_budgets(year) if year else [],
        "urls": {name: _url(request, name) for name in EXPORTS},
    }
    return render(request, "placements/deployment/deployment.html", context)


def _sums(rows: list[Row]) -> list[tuple[str, str, list[reads.Sum]]]:
    return [
        ("By priority", "Priority", reads.days_by(rows, lambda r: r.priorities)),
        ("By subject", "Subject", reads.days_by(rows, lambda r: (r.subject,))),
        ("By phase", "Phase", reads.days_by(rows, lambda r: (r.phase,))),
        ("By category or programme", "Standing", reads.days_by(rows, lambda r: (r.standing,))),
        ("By cluster", "Cluster", reads.days_by(rows, lambda r: (r.cluster,))),
    ]


def _url(request: Request, export: str) -> str:
    query = request.GET.copy()
    query["export"] = export
    return f"?{query.urlencode()}"


def _words(chosen: Chosen) -> dict[str, Any]:
    return {name: value for name, value in asdict(chosen).items() if value}


def _row_lines(year: AcademicYear | None, chosen: Chosen, reader: User) -> Iterable[list[Any]]:
    for row in reads.rows(year, chosen, reader) if year else []:
        yield [_cell(getattr(row, name)) for name in COLUMNS]


def _cell(value: Any) -> Any:
    """Days without idle noughts, whatever the database makes of them; several priorities in one cell."""
    if isinstance(value, Decimal):
        return plain(value)
    return "; ".join(value) if isinstance(value, tuple) else value


def _never_lines(year: AcademicYear | None, chosen: Chosen, reader: User) -> Iterable[list[Any]]:
    for school in reads.never_supported(reads.served(policies.in_force()), chosen):
        yield [school.urn, school.name, school.get_phase_display()]


def _budget_lines(year: AcademicYear | None, chosen: Chosen, reader: User) -> Iterable[list[Any]]:
    for name, balance in reads.use_of_budgets(year) if year else []:
        yield [name, *map(_cell, (balance.budget, balance.contracted, balance.delivered, balance.remaining))]


EXPORTS = {
    "csv": ("deployment", list(COLUMNS.values()), _row_lines),
    "never": ("schools-never-supported", ["URN", "School", "Phase"], _never_lines),
    "budgets": ("use-of-budgets", ["AST", "Budget", "Contracted", "Delivered", "Left"], _budget_lines),
}
"""Files by what the link asks for: name, header, rows (R-14.7)."""
