"""The authority's pages on money: income against cost, and what the points of the spine are worth (R-2.23)."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from astcoord.core import audit
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import pounds
from astcoord.core.words import say_later
from astcoord.ui.export import csv_response
from astcoord.ui.registers import RegisterPages
from schools.calendar.years import first_year_of, slug_of, slug_on
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.expertise.vocabulary import Funding
from staff.pay.actions.figures import FIGURES
from staff.pay.filters import FigureFilter
from staff.pay.forms import FigureForm
from staff.pay.reads import gaps
from staff.pay.tables import FigureTable

BACK, AHEAD = 3, 1
"""School years before and after this one that the report can show."""
HEADER = [say_later("AST"), "Home school", "Funded by", "Income", "Cost", "Gap", "Missing"]
SUMS_HEADER = ["Funded by", "Posts", "Income", "Cost", "Gap"]


class FigurePages(RegisterPages):
    """What a year is paid at M6 and at the points of the spine."""

    register = FIGURES
    form, table, filters = FigureForm, FigureTable, FigureFilter
    app, name = "staff", "spine_figure"
    title = "Salaries of the pay spine"
    menu = 62, "M6 and the points of the spine: grants and the report on income and cost count with them"
    note_unused = "Statements that have been made keep the figure they were made with."
    change_lead = "A new salary from a later day is another entry: add it, and this one holds until then."

    def rows(self, user: User) -> QuerySet[Any]:
        return self.register.rows(user).order_by("point", "-starts_on")


@access(Role.COORDINATOR, Role.OFFICER)
def income_and_cost(request: Request) -> HttpResponseBase:
    """Each post for the co-ordinator, sums for officers; `?year=2025-26` shows another, `?export=csv` is the file."""
    now = first_year_of(slug_on(today()))
    years = [slug_of(year) for year in range(now + AHEAD, now - BACK - 1, -1)]
    year = asked if (asked := request.GET.get("year", "")) in years else slug_of(now)
    found = gaps.lines(gaps.Year(first_year_of(year)))
    each = is_coordinator(request.user)
    sums = gaps.sums(found)
    if each:
        audit.viewed(None, by=request.user, what="income and cost of posts")
    header, rows = (HEADER, _lines(found)) if each else (SUMS_HEADER, _sums(sums))
    if request.GET.get("export") == "csv":
        return csv_response(f"income-and-cost-{year}", header, rows, by=request.user, filters={"year": year})
    context: dict[str, Any] = {
        "year": year,
        "years": years,
        "header": header,
        "rows": rows,
        "each": each,
        "short": sum(1 for line in found if line.gap is not None and line.gap > 0),
        "unrecorded": gaps.unrecorded(today()) if each else [],
        "keeps": each,
    }
    response: HttpResponse = render(request, "staff/pay/income_and_cost.html", context)
    return response


def _lines(found: list[gaps.Line]) -> list[list[str]]:
    return [
        [
            line.post.name,
            line.post.home.name,
            str(Funding(line.source).label),
            *(_pounds(each) for each in (line.income, line.cost, line.gap)),
            "; ".join(line.missing),
        ]
        for line in found
    ]


def _sums(sums: gaps.Sums) -> list[list[str]]:
    rows = [*sums.rows, sums.total] if sums.rows else []
    return [[row.label, str(row.posts), *(_pounds(each) for each in (row.income, row.cost, row.gap))] for row in rows]


def _pounds(amount: Decimal | None) -> str:
    return "Not known" if amount is None else pounds(amount)
