"""The time report, on the page and on paper (R-10.7, R-15.11)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.export import csv_response
from evaluation.reviews.views import READERS
from evaluation.time import documents
from evaluation.time.forms import TimeForm
from evaluation.time.reads import TimeReport, delivered, time_report
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from staff.accounts.models import User


@access(*READERS)
def time(request: Request) -> HttpResponseBase:
    """Delivered days by school, activity, week, half-term or AST; as a page, a file or a statement."""
    form, days = _time(request)
    report = time_report(days, form.chosen["by"])
    if request.GET.get("export") == "csv":
        rows = [(line.label, line.days, line.dates) for line in report.lines]
        head = (report.heading, "Days", "Dates")
        chosen = {name: str(value) for name, value in form.chosen.items() if value}
        return csv_response("time-report", head, [*rows, _total(report)], by=request.user, filters=chosen)
    query = request.GET.copy()
    query["export"] = "csv"
    context = {"form": form, "report": report, "chosen": form.chosen, "csv": query.urlencode()}
    context["sees_days"] = request.user.has_role(*OFFICE, Role.OFFICER)
    return render(request, "evaluation/time/time.html", {**context, "query": request.GET.urlencode()})


@access(*READERS)
def time_pdf(request: Request) -> HttpResponse:
    """The diary and time statement of what the page shows."""
    form, days = _time(request)
    chosen = form.chosen
    person = chosen["ast"] or (form.only if form.only else None)
    who = person.name if person else "all Advanced Skills Teachers"
    return documents.download(days, who=who, first=chosen["first"], last=chosen["last"], user=request.user)


def _time(request: Request) -> tuple[TimeForm, QuerySet[OutreachDay]]:
    """The form with what was asked for, and the days that answer it."""
    now = today()
    year = calendar.year_on(now)
    usual = (year.starts_on if year else now.replace(month=1, day=1), now)
    asts = User.objects.filter(posts__placements__in=Placement.objects.visible_to(request.user)).distinct()
    asked = request.GET if {"first", "last", "by", "ast", "first_day"} & set(request.GET) else None
    form = TimeForm(asked, asts=asts, usual=usual)
    chosen = form.chosen
    ast = chosen["ast"].pk if chosen["ast"] else None
    return form, delivered(request.user, first=chosen["first"], last=chosen["last"], ast=ast)


def _total(report: TimeReport) -> tuple[str, Any, int]:
    return ("Total", report.days, report.dates)
