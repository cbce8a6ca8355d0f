"""The week of visits, and a term in one grid (R-20.5): each is a page, a file and a sheet of paper."""

from datetime import date
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from placements.week.forms import TermForm, WeekForm, monday_of
from placements.week.reads import term as terms
from placements.week.reads import week as weeks
from staff.figures import documents
from staff.figures.reads.sheets import Sheet
from staff.figures.views import answer, file_of

KIND = "week"
"""Of the paper: the sheet lies on its side."""


@access(AUTHORITY, Role.HEADTEACHER, Role.AST)
def week(request: Request) -> HttpResponseBase:
    """One week: the office's whole, a school's, an AST's own."""
    now = today()
    form = WeekForm(request.GET, user=request.user)
    monday = monday_of(request.GET.get("week", ""), now)
    found = weeks.week(request.user, monday, form.chosen, now)
    wanted = request.GET.get("export", "")
    sheet = found.sheet(form.said)
    if response := _on_paper(request, sheet, wanted) or file_of(request, sheet, wanted):
        return response
    kept = {name: form.given(name) for name in form.fields if form.given(name)}
    context = {
        "form": form,
        "week": found,
        "said": form.said,
        "before": _query(kept, monday - weeks.WEEK),
        "after": _query(kept, monday + weeks.WEEK),
        "shown": _query(kept, monday),
        "is_now": monday == monday_of("", now),
        "term_url": f"{reverse('placements:week_term')}?{urlencode(kept)}",
        "today": now,
    }
    return render(request, "placements/week/week.html", context)


@access(AUTHORITY, Role.HEADTEACHER, Role.AST)
def term(request: Request) -> HttpResponseBase:
    """Each AST of a term, week by week."""
    form = TermForm(request.GET, user=request.user, today=today())
    sheet = terms.sheet(request.user, form.of_term, form.chosen, form.said)
    paper = _on_paper(request, sheet, request.GET.get("export", ""))
    return paper or answer(request, sheet, form, pages=(), template="placements/week/term.html")


def _on_paper(request: Request, sheet: Sheet, wanted: str) -> HttpResponseBase | None:
    return documents.download(sheet, on=today(), by=request.user, kind=KIND) if wanted == "pdf" else None


def _query(kept: dict[str, str], monday: date) -> str:
    return urlencode({"week": monday.isoformat(), **kept})
