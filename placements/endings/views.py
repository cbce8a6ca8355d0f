"""The pages of a placement's end: early, undone, evaluated, completed, closed, and each taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from astcoord.core.access import Request, access, signed_in
from astcoord.core.roles import Role
from astcoord.ui.forms import ConfirmForm
from astcoord.ui.submit import sent, submit
from placements.agreement.forms.placements import ReasonForm
from placements.endings.actions import completing, early
from placements.endings.forms import EndForm
from placements.endings.permissions import can_end_early
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head
from placements.placement.views import find, placement_form


@signed_in
def end(request: Request, pk: int) -> HttpResponse:
    """Either party ends it alone; the co-ordinator may record that (R-8.14)."""
    placement = find(request, pk)
    if not can_end_early(request.user, placement):
        raise PermissionDenied
    own = is_host_head(request.user, placement) or is_ast_of(request.user, placement)
    form = EndForm(sent(request), asks_side=not own)
    if submit(
        form,
        lambda data: early.end_early(
            placement=placement,
            by=request.user,
            ended_on=data["ended_on"],
            category=data["ended_category"],
            reason=data["ended_reason"],
            side=data.get("side", ""),
        ),
    ):
        words = "The placement has ended. The others have been told, and unused days have gone back."
        messages.success(request, words)
        return redirect(placement)
    return placement_form(request, placement, form, "End this placement early")


@access(Role.COORDINATOR)
def take_back(request: Request, pk: int) -> HttpResponse:
    """An early end that was a mistake."""
    title, done = "Take the early end back", "The placement goes on. Everybody has been told."
    lead = "Days that were called off stay so: they have to be planned again."
    return _with_reason(request, pk, early.take_back, title=title, done=done, lead=lead)


@access(Role.COORDINATOR)
def abandon(request: Request, pk: int) -> HttpResponse:
    """Close a placement that has not begun; its request is open again (R-20.13)."""
    title = "Close this placement before it starts"
    return _with_reason(request, pk, early.abandon, title=title, done="The placement is closed")


@access(Role.COORDINATOR)
def evaluate(request: Request, pk: int) -> HttpResponse:
    """Open the final evaluation before the last fortnight opens it by itself."""
    title, done = "Open the final evaluation", "The final evaluation is open. Everybody has been told."
    lead = "It opens by itself two weeks before the last day. Open it now if the placement finishes sooner."
    return _confirmed(request, pk, completing.open_final_evaluation, title=title, done=done, lead=lead)


@access(Role.COORDINATOR)
def resume(request: Request, pk: int) -> HttpResponse:
    """The final evaluation was opened too soon."""
    return _with_reason(request, pk, completing.resume, title="Go on with the placement", done="The placement goes on")


@access(Role.COORDINATOR)
def complete(request: Request, pk: int) -> HttpResponse:
    """What is still missing; else complete it (R-11.5)."""
    title, done = "Complete the placement", "The placement is complete. The parties and the chair have been told."
    template = "placements/endings/complete.html"
    placement = find(request, pk)
    more = {"template": template, "problems": completing.completion_problems(placement)}
    return _confirmed(request, pk, completing.complete, title=title, done=done, **more)


@access(Role.COORDINATOR)
def reopen(request: Request, pk: int) -> HttpResponse:
    """A completion that was a mistake."""
    title, done = "Take the completion back", "The final evaluation is open again. Everybody has been told."
    return _with_reason(request, pk, completing.reopen, title=title, done=done)


@access(Role.COORDINATOR)
def close(request: Request, pk: int) -> HttpResponse:
    """Nothing more is to come."""
    lead = "Do this when nothing more is to come. It happens by itself after some time."
    return _confirmed(request, pk, completing.close, title="Close the placement", done="It is closed", lead=lead)


def _confirmed(
    request: Request, pk: int, action: Callable[..., Placement], *, title: str, done: str, **page: Any
) -> HttpResponse:
    placement = find(request, pk)
    form = ConfirmForm(sent(request), submit=title)
    if submit(form, lambda _: action(placement=placement, by=request.user)):
        messages.success(request, done)
        return redirect(placement)
    return placement_form(request, placement, form, title, **page)


def _with_reason(
    request: Request, pk: int, action: Callable[..., Placement], *, title: str, done: str, **page: Any
) -> HttpResponse:
    placement = find(request, pk)
    form = ReasonForm(sent(request), label="Why?", submit=title)
    if submit(form, lambda data: action(placement=placement, by=request.user, **data)):
        messages.success(request, done)
        return redirect(placement)
    return placement_form(request, placement, form, title, **page)
