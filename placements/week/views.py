"""The week of visits, and a term in one grid (R-20.5): each is a page, a file and a sheet of paper."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from placements.week.forms import TermForm, WeekForm, day_of, monday_of
from placements.week.reads import term as terms
from placements.week.reads import week as weeks
from staff.figures import documents
from staff.figures.reads.sheets import Sheet
from staff.figures.views import answer, file_of

KIND = "week"
"""Of the paper: the sheet lies on its side."""


@access(AUTHORITY, Role.HEADTEACHER, Role.AST)
def week(request: Request) -> HttpResponseBase:
    """One week: the office's whole, a school's, an AST's own; a day of it where a page does not hold the week."""
    now = today()
    form = WeekForm(request.GET, user=request.user)
    asked = day_of(request.GET.get("day", ""))
    monday = monday_of(request.GET.get("week", ""), asked or now)
    found = weeks.week(request.user, monday, form.chosen, now)
    only = found.day(asked) if asked else None
    wanted = request.GET.get("export", "")
    if wanted:
        sheet = found.sheet(form.said, only)
        if response := _on_paper(request, sheet, wanted) or file_of(request, sheet, wanted):
            return response
    if only is None and found.is_full:
        only = found.day(now)
    context = {
        "form": form,
        "week": found,
        "only": only,
        "said": form.said,
        "is_now": monday == monday_of("", now),
        "today": now,
        **_around(form, found, only),
        **_page(request, found, only),
    }
    return render(request, "placements/week/week.html", context)


def _around(form: WeekForm, found: weeks.Week, only: weeks.DayOfWeek | None) -> dict[str, Any]:
    """The queries that lead to the weeks before and after, to each day, and to the term, narrowed as this is."""
    kept = {name: form.given(name) for name in form.fields if form.given(name)}
    term_kept = {name: value for name, value in kept.items() if name != "what"}
    return {
        "before": _query(kept, found.monday - weeks.WEEK),
        "after": _query(kept, found.monday + weeks.WEEK),
        "shown": _query(kept, found.monday),
        "shown_day": _query(kept, found.monday, day=only.on.isoformat()) if only else "",
        "each_day": [(day, _query(kept, found.monday, day=day.on.isoformat())) for day in found.days] if only else [],
        "term_url": f"{reverse('placements:week_term')}?{urlencode(term_kept)}",
    }


def _page(request: Request, found: weeks.Week, only: weeks.DayOfWeek | None) -> dict[str, Any]:
    """The days with the lines of this page under each, and the way to the pages that follow."""
    if only is None:
        lines = found.lines(found.keys)
        return {"days": [(day, [line for line in lines if line.on == day.on]) for day in found.days]}
    page = Paginator(only.keys, weeks.FITS).get_page(request.GET.get("page"))
    return {"days": [(only, found.lines(list(page)))], "page": page}


@access(AUTHORITY, Role.HEADTEACHER, Role.AST)
def term(request: Request) -> HttpResponseBase:
    """Each AST of a term, week by week."""
    form = TermForm(request.GET, user=request.user, today=today())
    sheet = terms.sheet(request.user, form.of_term, form.chosen, form.said)
    paper = _on_paper(request, sheet, request.GET.get("export", ""))
    return paper or answer(request, sheet, form, pages=(), template="placements/week/term.html")


def _on_paper(request: Request, sheet: Sheet, wanted: str) -> HttpResponseBase | None:
    return documents.download(sheet, on=today(), by=request.user, kind=KIND) if wanted == "pdf" else None


def _query(kept: dict[str, str], monday: date, **more: str) -> str:
    return urlencode({"week": monday.isoformat(), **more, **kept})
