"""Retention and destinations of ASTs by phase (R-3.16)."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.export import csv_response
from schools.calendar.models import AcademicYear
from staff.posts.reads.leavers import report


@access(OFFICE | {Role.OFFICER})
def leavers(request: Request) -> HttpResponseBase:
    """How many left in a school year and where to; `?year=2025-26` shows another, `?export=csv` is the file."""
    now = today()
    years = list(AcademicYear.objects.filter(starts_on__lte=now).order_by("-starts_on"))
    year = next((each for each in years if each.slug == request.GET.get("year")), next(iter(years), None))
    found = report(year, now) if year else None
    if found and year and request.GET.get("export") == "csv":
        lines = [row.cells(found.destinations) for row in [*found.rows, found.total]]
        return csv_response(f"leavers-{year.slug}", found.header, lines, by=request.user, filters={"year": year.slug})
    rows = [(row.label, row.cells(found.destinations)[1:]) for row in found.rows] if found else []
    total = found.total.cells(found.destinations)[1:] if found else []
    context = {"year": year, "years": years, "found": found, "rows": rows, "total": total}
    response: HttpResponse = render(request, "staff/posts/leavers.html", context)
    return response
