"""The logic model of a placement: its newest version, any version, writing, agreeing; and by a personal link."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from astcoord.core import shown, timeline
from astcoord.core.access import Request, access, public
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.ui.forms import Acts
from astcoord.ui.submit import form_page, sent, submit
from evaluation.logic import actions, permissions, reads
from evaluation.logic.forms import DecideForm, LogicForm
from evaluation.logic.models import LogicModel
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from placements.supported.models import SupportedStaff
from placements.supported.views.own import WHY, by_own_link

PAGE = "evaluation:logic_model"
DECISIONS: Acts = {"agree": actions.agree, "return": actions.send_back}
LEAD = (
    "Begin with the desired outcomes. Say which changes in practice lead to each, and what leads to these: outreach "
    "days, materials, time to plan. Do not name or judge anybody. Rows that you do not need stay empty; saving a draft "
    "adds empty rows."
)


@access(Role.AST, Role.HEADTEACHER, AUTHORITY)
@require_safe
def logic_model(request: Request, pk: int) -> HttpResponse:
    """The newest version that this person may see; home heads and officers read agreed outcomes (section G)."""
    placement = _placement(request, pk)
    return _show(request, placement, reads.page(placement, request.user))


@access(Role.AST, Role.HEADTEACHER, AUTHORITY)
@require_safe
def version(request: Request, pk: int) -> HttpResponse:
    """One version, as it was."""
    found = _find(request, pk)
    return _show(request, found.placement, reads.page(found.placement, request.user, found))


def _show(request: Request, placement: Placement, page: reads.LogicPage) -> HttpResponse:
    whole = page.model is not None and can_see_names(request.user, placement)
    history = timeline.events(page.model, reader=request.user) if whole and page.model else []
    context = {"placement": placement, "page": page, "history": history}
    return render(request, "evaluation/logic/logic.html", context)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def write(request: Request, pk: int) -> HttpResponse:
    """Every step on one page: as a draft, or submitted (R-11.7)."""
    placement = _placement(request, pk)
    newest = reads.newest_of(placement)
    if not permissions.can_write(request.user, placement, newest):
        raise PermissionDenied
    chains = reads.chains_of(newest, placement)
    form = LogicForm(sent(request), chains=chains, objectives=list(placement.objectives.all()))
    is_draft = "draft" in request.POST
    act = actions.save_draft if is_draft else actions.submit
    if submit(form, lambda _: act(placement=placement, chains=form.chains(), by=request.user)):
        told = "Your draft is saved." if is_draft else "The logic model is with the host headteacher."
        messages.success(request, told)
        return redirect(PAGE, pk)
    return form_page(
        request,
        form,
        title="Write the logic model",
        caption=f"{placement.post.user.name} at {placement.host.name}",
        back=("Back to the logic model", PAGE, pk),
        inset=f"To be changed: {newest.return_reason}" if newest and newest.return_reason else "",
        lead=LEAD,
    )


@access(Role.HEADTEACHER, Role.COORDINATOR)
def decide(request: Request, pk: int) -> HttpResponse:
    """The host head or the co-ordinator agrees it or returns it."""
    found = _find(request, pk)
    page = reads.page(found.placement, request.user, found)
    if not page.can_decide:
        raise PermissionDenied
    form = DecideForm(sent(request), row=found)
    if submit(form, lambda _: form.act(DECISIONS, model=found, by=request.user)):
        found.refresh_from_db()
        messages.success(request, f"The logic model is now “{found.get_status_display()}”.")
        return redirect(PAGE, found.placement_id)
    return form_page(
        request,
        form,
        title="Decide on the logic model",
        caption=f"{found.placement.post.user.name} at {found.placement.host.name}",
        back=("Back to the logic model", PAGE, found.placement_id),
        template="evaluation/logic/decide.html",
        page=page,
    )


@public(WHY)
@require_safe
@by_own_link
def for_person(request: HttpRequest, token: str, person: SupportedStaff) -> HttpResponse:
    """The agreed logic model for somebody supported, by the own link."""
    context = {"lines": reads.lines_for(person), "placement": person.placement, "token": token}
    return render(request, "evaluation/logic/own.html", context)


def _placement(request: Request, pk: int) -> Placement:
    found = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    return found if request.method == "POST" else shown.shown_to(request.user, found)


def _find(request: Request, pk: int) -> LogicModel:
    return get_object_or_404(LogicModel.objects.visible_to(request.user).with_people(), pk=pk)
