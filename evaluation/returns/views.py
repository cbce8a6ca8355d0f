"""Return visits: the list, one visit, its day, its report, what the co-ordinator decides."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import shown, timeline
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.forms import Acts
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from evaluation.returns import actions, documents, permissions, reads
from evaluation.returns.filters import ReturnFilter
from evaluation.returns.forms import DayForm, DecideForm, ReportForm
from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.models import ReturnVisit
from evaluation.returns.tables import ReturnTable
from evaluation.reviews.wording import CONTRIBUTION
from placements.placement.permissions import can_see_names
from placements.placement.reads import way_to_host
from staff.accounts.permissions import is_office

READERS = (Role.AST, Role.HEADTEACHER, AUTHORITY)
DECISIONS: Acts = {
    "close": actions.close,
    "return": actions.send_back,
    "cancel": actions.cancel,
    "revive": actions.revive,
    "decline": actions.decline,
}


def _find(request: Request, pk: int) -> ReturnVisit:
    visits = ReturnVisit.objects.visible_to(request.user).with_people().select_related("closed_by")
    return get_object_or_404(visits, pk=pk)


@access(*READERS)
class ReturnList(FilteredList):
    """The return visits of placements that this person sees."""

    table_class = ReturnTable
    filterset_class = ReturnFilter
    title = "Return visits"
    csv_name = "return-visits"
    few = 5

    def get_queryset(self) -> QuerySet[ReturnVisit]:
        return ReturnVisit.objects.visible_to(self.request.user).with_people()


@access(*READERS)
@require_safe
def return_visit(request: Request, pk: int) -> HttpResponse:
    """One return visit: whose turn it is, and what remains of the work."""
    visit = shown.shown_to(request.user, _find(request, pk))
    page = reads.return_page(visit, request.user, today())
    history = timeline.events(visit, reader=request.user) if can_see_names(request.user, visit.placement) else []
    context = {
        "page": page,
        "visit": visit,
        "contribution": CONTRIBUTION,
        "history": history,
        "host": way_to_host(visit.placement, request.user, today()),
    }
    return render(request, "evaluation/returns/return_visit.html", context)


@access(*READERS)
@require_safe
def placement_return(request: Request, pk: int) -> HttpResponse:
    """From a placement to its return visit."""
    return redirect(get_object_or_404(ReturnVisit.objects.visible_to(request.user), placement__pk=pk))


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def propose(request: Request, pk: int) -> HttpResponse:
    """A day: the other side agrees to it; the office enters one to which both have agreed."""
    visit = _find(request, pk)
    if not reads.return_page(visit, request.user, today()).can_propose:
        raise PermissionDenied
    form = DayForm(sent(request), visit=visit)
    both = is_office(request.user) and not permissions.side_of(request.user, visit)
    if both:
        form.submit_label = "Save the day"
    if done := submit(form, lambda told: actions.propose(visit=visit, by=request.user, **told)):
        words = f"The visit is now “{done.result.get_status_display()}”." if both else "The other side has been asked."
        messages.success(request, words)
        return redirect(visit)
    lead = (
        say("Enter a day to which AST and headteacher have both agreed.")
        if both
        else "The other side is asked to agree."
    )
    return _form_page(request, form, visit, "Choose a day for the return visit", lead=lead)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
@require_POST
def agree(request: Request, pk: int) -> HttpResponse:
    """The other side says yes."""
    visit = _find(request, pk)
    if attempt(request, lambda: actions.agree(visit=visit, by=request.user)):
        messages.success(request, "The day is agreed. Both sides have been told.")
    return redirect(visit)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
@require_POST
def undate(request: Request, pk: int) -> HttpResponse:
    """The day cannot be kept."""
    visit = _find(request, pk)
    if attempt(request, lambda: actions.undate(visit=visit, by=request.user)):
        messages.success(request, "The day has been taken back. Both sides have been told.")
    return redirect(visit)


@access(Role.AST, Role.HEADTEACHER)
def ask(request: Request, pk: int) -> HttpResponse:
    """AST or host head ask for no visit, or for one after all, and say why."""
    visit = _find(request, pk)
    if not permissions.can_ask(request.user, visit):
        raise PermissionDenied
    after_all = visit.status == ReturnStatus.CANCELLED
    return reason_page(
        request,
        partial(actions.ask, visit=visit, by=request.user),
        title="Ask for a return visit after all" if after_all else "Ask for no return visit",
        done=say("The co-ordinator has been asked."),
        to=visit,
        caption=f"{visit.placement.post.user.name} at {visit.placement.host.name}",
        back=("Back to the return visit", visit),
        lead=say("The co-ordinator reads why, and decides. Until then nothing changes. Do not name staff."),
    )


@access(Role.AST)
def report(request: Request, pk: int) -> HttpResponse:
    """What remains of each objective, what has lasted, which data say so (R-11.9)."""
    visit = _find(request, pk)
    if not reads.return_page(visit, request.user, today()).can_report:
        raise PermissionDenied
    form = ReportForm(sent(request), visit=visit)
    is_draft = "draft" in request.POST
    act = actions.save_draft if is_draft else actions.report

    def keep(told: dict[str, Any]) -> ReturnVisit:
        words = {name: told[name] for name in ("lasting", "figures", "standards")}
        return act(visit=visit, findings=form.findings(), by=request.user, **words)

    if submit(form, keep):
        words = "Your draft is saved." if is_draft else say("Thank you. The report is with the co-ordinator.")
        messages.success(request, words)
        return redirect(visit)
    inset = f"{say('The co-ordinator')} asks: {visit.return_reason}" if visit.return_reason else ""
    return _form_page(request, form, visit, "Report the return visit", inset=inset)


@access(Role.COORDINATOR)
def decide(request: Request, pk: int) -> HttpResponse:
    """Accept, return, cancel, or schedule after all."""
    visit = _find(request, pk)
    page = reads.return_page(visit, request.user, today())
    if not page.can_decide:
        raise PermissionDenied
    form = DecideForm(sent(request), row=visit)
    if submit(form, lambda _: form.act(DECISIONS, visit=visit, by=request.user)):
        visit.refresh_from_db()
        messages.success(request, f"The return visit is now “{visit.get_status_display()}”.")
        return redirect(visit)
    template = "evaluation/returns/decide.html"
    return _form_page(request, form, visit, "Decide on the return visit", template=template, page=page)


@access(*READERS)
@require_safe
def report_pdf(request: Request, pk: int) -> HttpResponse:
    """The report on paper, for those who read all of it."""
    visit = _find(request, pk)
    if not reads.return_page(visit, request.user, today()).can_print:
        raise Http404
    return documents.download(visit, request.user)


def _form_page(request: Request, form: Any, visit: ReturnVisit, title: str, **page: Any) -> HttpResponse:
    caption = f"{visit.placement.post.user.name} at {visit.placement.host.name}"
    return form_page(
        request, form, title=title, caption=caption, back=("Back to the return visit", visit), visit=visit, **page
    )
