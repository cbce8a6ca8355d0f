"""Days of a placement moved or called off together (R-20.5)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import policy
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from astcoord.ui.submit import form_page, sent, submit
from placements.changes.models import Amendment
from placements.days.actions.days import cancel_days
from placements.days.permissions import can_plan_day
from placements.placement.models import Placement
from placements.placement.permissions import is_host_head
from placements.rearranging import actions, reads
from placements.rearranging.forms import CancelDaysForm, MoveDaysForm

DIARY = "evaluation:placement_diary"


@access(Role.AST, OFFICE)
def days_move(request: Request, pk: int) -> HttpResponse:
    """Choose days and a weekday, look at the dates that come of it, then move exactly those."""
    placement = _placement(request, pk)
    if not can_plan_day(request.user, placement):
        raise PermissionDenied
    form = MoveDaysForm(sent(request), placement=placement, days=reads.to_come(placement, today()))
    if "save" in request.POST:
        if done := submit(form, lambda data: _move(placement, data, request)):
            messages.success(request, f"{counted(len(form.cleaned_data['moves']), 'day')} moved.")
            return _after(done.result, placement)
    elif "change" not in request.POST and form.is_valid():
        return _preview(request, placement, form)
    lead = "You see every date before anything is moved. Holidays, full weeks and other clashes are named."
    instead = ("Cancel days instead", "placements:days_cancel", pk)
    return _form_page(request, placement, form, title="Move several outreach days", lead=lead, after=instead)


def _move(placement: Placement, data: dict[str, Any], request: Request) -> Amendment | None:
    return actions.move_days(
        placement=placement,
        moves=data["moves"],
        by=request.user,
        amend_to=data["weekday"] if data.get("amend") else None,
        reason=data.get("reason", ""),
    )


def _after(amendment: Amendment | None, placement: Placement) -> HttpResponse:
    """To the change of the contract, which waits to be sent; else to the days."""
    return redirect(amendment) if amendment else redirect(DIARY, placement.pk)


@policy.once()
def _preview(request: Request, placement: Placement, form: MoveDaysForm) -> HttpResponse:
    chosen = form.cleaned_data
    asked = {"weekday": chosen["weekday"], "weeks": chosen["weeks"], "today": today()}
    found = reads.proposed(placement, list(chosen["days"]), **asked)
    moving = [each for each in found if not each.clash]
    context = {"placement": placement, "chosen": chosen, "found": found, "moving": moving}
    return render(request, "placements/rearranging/preview.html", context)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def days_cancel(request: Request, pk: int) -> HttpResponse:
    """Several days, one side, one reason, one message to each."""
    placement = _placement(request, pk)
    if not (can_plan_day(request.user, placement) or is_host_head(request.user, placement)):
        raise PermissionDenied
    form = CancelDaysForm(sent(request), days=reads.to_come(placement, today()))
    if done := submit(form, lambda data: cancel_days(by=request.user, **data)):
        messages.success(request, f"{counted(len(done.result), 'day')} cancelled. The time is free again.")
        return redirect(DIARY, pk)
    lead = say("The time goes back to the placement, and the other side is told in one message.")
    return _form_page(request, placement, form, title="Cancel several outreach days", lead=lead)


def _placement(request: Request, pk: int) -> Placement:
    return get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)


def _form_page(request: Request, placement: Placement, form: Any, **page: Any) -> HttpResponse:
    caption = f"{placement.post.user.name} at {placement.host.name}"
    return form_page(request, form, caption=caption, back=("Back to the diary", DIARY, placement.pk), **page)
