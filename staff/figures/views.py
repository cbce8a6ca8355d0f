"""Figures of ASTs: each page is a sheet of tables, which is also its file and its paper (R-14.7, R-15.15)."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.ui.export import csv_response
from schools.calendar.models import AcademicYear
from staff.figures import documents, permissions
from staff.figures.forms import SharesForm, StatisticsForm, YearForm
from staff.figures.reads import asts, leavers, recruitment, shares
from staff.figures.reads.sheets import Sheet

PAGES = (
    ("ASTs in numbers", "staff:ast_figures", permissions.STATISTICS),
    ("Recruitment", "staff:recruitment", permissions.RECRUITMENT),
    ("Share of teachers", "staff:share_of_teachers", permissions.SHARES),
    ("Who leaves, and where to", "staff:leavers", permissions.LEAVERS),
)


@access(permissions.STATISTICS)
def ast_figures(request: Request) -> HttpResponseBase:
    """How many ASTs, by phase, service, status and subject (R-3.6)."""
    form = StatisticsForm(request.GET)
    return _answer(request, asts.sheet(request.user, form.chosen, today()), form)


@access(permissions.RECRUITMENT)
def recruiting(request: Request) -> HttpResponseBase:
    """The pool, the target, and who may come (R-14.4)."""
    return _answer(request, recruitment.sheet(request.user, today()))


@access(permissions.SHARES)
def share_of_teachers(request: Request) -> HttpResponseBase:
    """ASTs among teachers, against what is advised (R-14.3)."""
    form = SharesForm(request.GET)
    return _answer(request, shares.sheet(form.chosen, today()), form)


@access(permissions.LEAVERS)
def leaving(request: Request) -> HttpResponseBase:
    """Who left in a school year, where to, and who was kept (R-3.16)."""
    now = today()
    years = list(AcademicYear.objects.filter(starts_on__lte=now).order_by("-starts_on"))
    form = YearForm(request.GET, years=years)
    return _answer(request, leavers.sheet(request.user, form.chosen, years, now), form)


def _answer(request: Request, sheet: Sheet, form: Any = None) -> HttpResponseBase:
    """The page; with `?export=pdf` the paper, with a table's code its file: exactly what is shown."""
    wanted = request.GET.get("export", "")
    if wanted == "pdf":
        return documents.download(sheet, on=today(), by=request.user)
    for table in sheet.tables:
        if table.code == wanted:
            name = sheet.name if wanted == "csv" else f"{sheet.name}-{wanted}"
            return csv_response(name, table.header, table.lines, by=request.user, filters=dict(sheet.chosen))
    query = request.GET.copy()
    query.pop("export", None)
    pages = [(title, reverse(name)) for title, name, roles in PAGES if request.user.has_role(*roles)]
    context = {"sheet": sheet, "form": form, "pages": pages, "query": query.urlencode(), "today": today()}
    return render(request, "staff/figures/sheet.html", context)
