"""Figures of ASTs: each page is a sheet of tables, which is also its file and its paper (R-14.7, R-15.15)."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from astcoord.core import audit
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say_later
from astcoord.ui.export import csv_response
from schools.calendar.models import AcademicYear
from staff.figures import documents, permissions
from staff.figures.forms import SharesForm, StatisticsForm, YearForm
from staff.figures.reads import asts, leavers, recruitment, shares
from staff.figures.reads.sheets import Sheet

Page = tuple[str, str, Collection[Role]]
"""Its title, the name of its address, who reads it."""

PAGES: tuple[Page, ...] = (
    (say_later("ASTs in numbers"), "staff:ast_figures", permissions.STATISTICS),
    ("Recruitment", "staff:recruitment", permissions.RECRUITMENT),
    ("Share of teachers", "staff:share_of_teachers", permissions.SHARES),
    ("Who leaves, and where to", "staff:leavers", permissions.LEAVERS),
)


@access(permissions.STATISTICS)
def ast_figures(request: Request) -> HttpResponseBase:
    """How many ASTs, by phase, service, status and subject (R-3.6)."""
    now = today()
    form = StatisticsForm(request.GET, asts.dimensions_for(request.user, now))
    chosen = form.chosen
    if asts.OUTCOME in (chosen.rows, chosen.columns, chosen.split, *chosen.only):
        audit.viewed(None, by=request.user, what="outcomes of observations in numbers")
    return _answer(request, asts.sheet(request.user, chosen, now), form)


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
    return answer(request, sheet, form, pages=PAGES, template="staff/figures/sheet.html")


def answer(
    request: Request, sheet: Sheet, form: Any, *, pages: Sequence[Page], template: str, **more: Any
) -> HttpResponseBase:
    """The page; with `?export=pdf` the paper, with a table's code its file: exactly what is shown.

    `pages` are those that belong together: the reader's own lead to each other.
    """
    wanted = request.GET.get("export", "")
    if wanted == "pdf":
        return documents.download(sheet, on=today(), by=request.user)
    if response := file_of(request, sheet, wanted):
        return response
    query = request.GET.copy()
    query.pop("export", None)
    links = [(title, reverse(name)) for title, name, roles in pages if request.user.has_role(*roles)]
    context = {"sheet": sheet, "form": form, "pages": links, "query": query.urlencode(), "today": today()}
    return render(request, template, {**context, **more})


def file_of(request: Request, sheet: Sheet, wanted: str) -> HttpResponseBase | None:
    """The file of the table that goes by this code; None where there is none."""
    for table in sheet.tables:
        if table.code == wanted:
            name = sheet.name if wanted == "csv" else f"{sheet.name}-{wanted}"
            return csv_response(name, table.header, table.lines, by=request.user, filters=dict(sheet.chosen))
    return None
