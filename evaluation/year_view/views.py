"""The co-ordinator's year in one look (R-14.2, R-14.7)."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.export import csv_response
from evaluation.year_view.reads.days import year_days
from evaluation.year_view.reads.late import late
from evaluation.year_view.reads.waiting import waiting

NAME = "year-in-one-look"


@access(OFFICE, Role.OFFICER)
@require_safe
def year_view(request: Request) -> HttpResponseBase:
    """The page; with a table's code its file: exactly what the table shows."""
    now = today()
    days = year_days(now)
    tables = [waiting(request.user, now), late(request.user, now)]
    wanted = request.GET.get("export", "")
    for table in [days.table, *tables] if days else tables:
        if table.code == wanted:
            return csv_response(f"{NAME}-{table.title}", table.header, table.lines, by=request.user)
    context = {"days": days, "waiting": tables[0], "late": tables[1]}
    return render(request, "evaluation/year_view/year_view.html", context)
