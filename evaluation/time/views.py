"""The time report, on the page and on paper (R-10.7, R-15.11)."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.export import csv_response
from evaluation.reviews.views import READERS
from evaluation.time import documents
from evaluation.time.forms import TimeForm
from evaluation.time.reads import entries, time_report, undated
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.posts.models import Post


@access(*READERS)
def time(request: Request) -> HttpResponseBase:
    """Time by school, activity, part of the year, week, half-term, term or AST; as a page, a file or a statement."""
    form = _form(request)
    report = time_report(entries(request.user, **_span(form)), form.chosen["by"])
    if request.GET.get("export") == "csv":
        rows = [(x.label, x.outreach, x.work, x.inreach, x.days, x.dates) for x in (*report.lines, report.total)]
        head = (report.heading, "Outreach", say("Other AST work"), "Inreach", "Days", "Dates")
        chosen = {name: str(value) for name, value in form.chosen.items() if value}
        return csv_response("time-report", head, rows, by=request.user, filters=chosen)
    query = request.GET.copy()
    query["export"] = "csv"
    context = {"form": form, "report": report, "chosen": form.chosen, "csv": query.urlencode()}
    context["undated"] = undated(request.user, **_span(form))
    context["sees_days"] = request.user.has_role(*OFFICE, Role.OFFICER)
    return render(request, "evaluation/time/time.html", {**context, "query": request.GET.urlencode()})


@access(*READERS)
def time_pdf(request: Request) -> HttpResponse:
    """The diary and time statement of what the page shows."""
    form = _form(request)
    chosen = form.chosen
    person = chosen["ast"] or (form.only if form.only else None)
    who = person.name if person else say("all Advanced Skills Teachers")
    return documents.download(user=request.user, who=who, **_span(form))


def _form(request: Request) -> TimeForm:
    """The form with what was asked for."""
    now = today()
    year = calendar.year_on(now)
    usual = (year.starts_on if year else now.replace(month=1, day=1), now)
    placed = Q(pk__in=Placement.objects.visible_to(request.user).order_by().values("post"))
    worked = Q(pk__in=Post.objects.visible_to(request.user).order_by().values("pk"), activities__isnull=False)
    asts = User.objects.filter(pk__in=Post.objects.filter(placed | worked).order_by().values("user"))
    asked = request.GET if {"first", "last", "by", "ast", "first_day"} & set(request.GET) else None
    return TimeForm(asked, asts=asts, usual=usual)


def _span(form: TimeForm) -> dict[str, Any]:
    """Whose time is counted, from when until when."""
    chosen = form.chosen
    ast = chosen["ast"].pk if chosen["ast"] else None
    return {"first": chosen["first"], "last": chosen["last"], "ast": ast}
