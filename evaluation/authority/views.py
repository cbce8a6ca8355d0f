"""The authority's reports: each page is made of tables, which are also its files and its paper (R-14.7 to R-14.9)."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import audit, policy
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.documents import download
from astcoord.ui.submit import form_page, sent, submit
from evaluation.authority import actions, documents
from evaluation.authority.forms import IssueForm
from evaluation.authority.permissions import INDEX, ISSUES, STRATEGIC
from evaluation.authority.reads import annual, benchmarks, forum, listing
from placements.deployment.forms import DeploymentForm
from placements.deployment.reads.periods import periods
from staff.figures import documents as figures
from staff.figures.reads.sheets import Sheet
from staff.figures.views import answer, file_of

TEMPLATE = "evaluation/authority/sheet.html"
ONLY_PERIOD = ("priority", "subject", "phase", "standing", "cluster")


@access(INDEX)
def reports(request: Request) -> HttpResponse:
    """Every report that this person may read, each with a sentence."""
    context = {"groups": listing.reports_of(request.user, policy.in_force())}
    return render(request, "evaluation/authority/reports.html", context)


@access(STRATEGIC)
def annual_report(request: Request) -> HttpResponseBase:
    """As it stands now, narrowed as wanted; and the versions that were issued."""
    form = DeploymentForm(request.GET, today=today())
    found = annual.report(request.user, form.period_chosen, form.chosen, form.words, today())
    wanted = request.GET.get("export", "")
    if wanted == "pdf":
        return documents.download(found, by=request.user)
    if response := file_of(request, found.as_sheet, wanted):
        return response
    query = request.GET.copy()
    query.pop("export", None)
    context = {
        "form": form,
        "annual": found,
        "query": query.urlencode(),
        "issued": documents.issued().defer("facts")[: annual.SHOWN],
        "issues": request.user.has_role(*ISSUES),
    }
    return render(request, "evaluation/authority/annual.html", context)


@access(ISSUES)
def annual_issue(request: Request) -> HttpResponse:
    """Freeze the report on a school year; once more for a new version."""
    years = [each for each in periods() if each.whole and each.first <= today()]
    form = IssueForm(sent(request), years=years)
    if done := submit(form, lambda _: actions.issue(period=form.period, today=today(), by=request.user)):
        messages.success(request, f"{done.result.title} is issued. Officers can read it.")
        return redirect("evaluation:annual_report")
    return form_page(
        request,
        form,
        title="Issue the annual report",
        lead="It is kept as things stand now, for the whole authority. Issued again it becomes a new version, and "
        "earlier versions stay as they are.",
        back=("Annual report", "evaluation:annual_report"),
    )


@access(STRATEGIC)
def annual_pdf(request: Request, pk: int) -> HttpResponse:
    """A version that was issued."""
    document = get_object_or_404(documents.issued(), pk=pk)
    audit.exported(document.title, by=request.user, rows=1)
    return download(document)


@access(STRATEGIC)
def forum_report(request: Request) -> HttpResponseBase:
    """For the body that pays for the pool, on one page (R-14.9)."""
    form = DeploymentForm(request.GET, today=today(), without=ONLY_PERIOD)
    form.of_years()
    sheet = forum.sheet(request.user, form.period_chosen, today())
    if request.GET.get("export") == "pdf":
        return figures.download(sheet, on=today(), by=request.user, kind=documents.FORUM)
    return _answer(request, sheet, form)


@access(STRATEGIC)
def dated_benchmarks(request: Request) -> HttpResponseBase:
    """National findings with their year, ours beside them (R-14.8)."""
    return _answer(request, benchmarks.sheet(today()))


def _answer(request: Request, sheet: Sheet, form: DeploymentForm | None = None) -> HttpResponseBase:
    return answer(request, sheet, form, pages=(), template=TEMPLATE)
