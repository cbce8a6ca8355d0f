"""Pages that several roles share, each seeing their own rows: reviews and the time report."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import timeline
from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.ui.export import csv_response
from astcoord.ui.lists import FilteredList
from evaluation.actions import reviews as actions
from evaluation.documents import reviews as review_documents
from evaluation.documents import time as time_documents
from evaluation.filters import ReviewFilter
from evaluation.forms.reviews import ReviewForm
from evaluation.forms.time import TimeForm
from evaluation.models import ImpactReview
from evaluation.reports.reviews import review_page
from evaluation.reports.time import TimeReport, delivered, time_report
from evaluation.rules.wording import CONTRIBUTION
from evaluation.tables import ReviewTable
from placements.models import OutreachDay, Placement
from schools import calendar
from staff.models import User

READERS = (Role.AST, Role.HEADTEACHER, AUTHORITY)


@access(*READERS)
class ReviewList(FilteredList):
    """The reviews that this person has to do with."""

    table_class = ReviewTable
    filterset_class = ReviewFilter
    template_name = "evaluation/reviews.html"
    title = "Impact reviews"
    csv_name = "impact-reviews"

    def get_queryset(self) -> QuerySet[ImpactReview]:
        return ImpactReview.objects.visible_to(self.request.user).with_people()

    def get_table_kwargs(self) -> dict[str, Any]:
        """To an AST every row would name the reader."""
        others = self.request.user.has_role(Role.HEADTEACHER, *AUTHORITY)
        return {} if others else {"exclude": ("ast",)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_open=self.request.user.has_role(*OFFICE), **kwargs)


@access(*READERS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review, with what this reader may do next."""
    found = _review(request, pk)
    page = review_page(found, request.user)
    history = timeline.events(found) if page.whole else []
    context = {"page": page, "review": found, "contribution": CONTRIBUTION, "history": history}
    return render(request, "evaluation/review.html", context)


@access(Role.AST)
def review_write(request: HttpRequest, pk: int) -> HttpResponse:
    """The AST answers for every objective, with the term's diary beside it."""
    found = _review(request, pk)
    page = review_page(found, request.user)
    if not page.can_write:
        raise PermissionDenied
    form = ReviewForm(request.POST or None, review=found, sections=page.sections)
    if request.method == "POST" and form.is_valid():
        is_draft = "draft" in request.POST
        act = actions.save_draft if is_draft else actions.submit
        try:
            act(review=found, answers=form.answers(), summary=form.cleaned_data["summary"], by=request.user)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, "Your draft is saved." if is_draft else "The review is with the headteacher.")
            return redirect("evaluation:review", pk=found.pk)
    context = {"form": form, "page": page, "review": found, "parts": form.parts(page.sections)}
    return render(request, "evaluation/review_write.html", context)


@access(*READERS)
def review_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The review on paper, for those who read it whole."""
    found = _review(request, pk)
    if not review_page(found, request.user).can_print:
        raise Http404
    return review_documents.download(found)


@access(*READERS)
def time(request: HttpRequest) -> HttpResponseBase:
    """Delivered days by school, activity, week, half-term or AST; as a page, a file or a statement."""
    form, days = _time(request)
    report = time_report(days, form.chosen["by"])
    if request.GET.get("export") == "csv":
        rows = [(line.label, line.days, line.visits) for line in report.lines]
        head = (report.heading, "Days", "Dates")
        chosen = {name: str(value) for name, value in form.chosen.items() if value}
        return csv_response("time-report", head, [*rows, _total(report)], by=request.user, filters=chosen)
    query = request.GET.copy()
    query["export"] = "csv"
    context = {"form": form, "report": report, "chosen": form.chosen, "csv": query.urlencode()}
    context["sees_days"] = request.user.has_role(*OFFICE, Role.OFFICER)
    return render(request, "evaluation/time.html", {**context, "query": request.GET.urlencode()})


@access(*READERS)
def time_pdf(request: HttpRequest) -> HttpResponse:
    """The diary and time statement of what the page shows."""
    form, days = _time(request)
    chosen = form.chosen
    person = chosen["ast"] or (form.only if form.only else None)
    who = person.name if person else "all Advanced Skills Teachers"
    return time_documents.download(days, who=who, first=chosen["first"], last=chosen["last"], user=request.user)


def _time(request: HttpRequest) -> tuple[TimeForm, QuerySet[OutreachDay]]:
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
    return ("Total", report.days, report.visits)


def _review(request: HttpRequest, pk: int) -> ImpactReview:
    people = ImpactReview.objects.visible_to(request.user).with_people().select_related("commented_by", "accepted_by")
    return get_object_or_404(people, pk=pk)
