"""What only the office does on the way to a contract: meetings, confirmation, issue, overrides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from astcoord.core.access import access
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import OFFICE, Role
from placements.agreement.actions import contracts, placements, protocol
from placements.agreement.forms.placements import CallMeetingForm, HoldMeetingForm, ReasonForm
from placements.placement.models import Placement
from placements.placement.views import find, refused
from staff.accounts import permissions


@access(OFFICE)
def meeting_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Day and place of the preliminary meeting; agenda and role statement go out (N6)."""
    placement = find(request, pk)
    form = CallMeetingForm(
        request.POST or None,
        initial={"meeting_called_for": placement.meeting_called_for, "meeting_place": placement.meeting_place},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            protocol.call_meeting(
                placement=placement, on=data["meeting_called_for"], place=data["meeting_place"], by=request.user
            )
        except Refused as problem:
            add_to_form(form, problem.problems)
        else:
            messages.success(request, "The agenda and the role statement are on their way")
            return redirect(placement)
    return _form_page(request, placement, form, "Call the preliminary meeting")


@access(OFFICE)
def meeting_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that it was held, and who was there (R-8.0)."""
    placement = find(request, pk)
    form = HoldMeetingForm(request.POST or None, initial={"held_on": placement.meeting_called_for})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            protocol.hold_meeting(
                placement=placement,
                held_on=data["held_on"],
                present=data["present"],
                consent=data["absence_consent"],
                notes=data["notes"],
                by=request.user,
            )
        except Refused as problem:
            add_to_form(form, problem.problems)
        else:
            messages.success(request, "The meeting has been recorded. Now the ten items.")
            return redirect("placements:placement_protocol", pk)
    return _form_page(request, placement, form, "Record the preliminary meeting")


@access(OFFICE)
@require_POST
def send_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the role statement to the host headteacher (R-8.1)."""
    protocol.send_role_statement(placement=find(request, pk), by=request.user)
    messages.success(request, "The role statement is on its way to the host headteacher")
    return redirect("placements:placement_item", pk, 1)


@access(Role.COORDINATOR)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """All ten items are agreed."""
    try:
        protocol.confirm_protocol(placement=find(request, pk), by=request.user)
    except Refused as problem:
        return refused(request, problem.problems, pk, page="placement_protocol")
    messages.success(request, "The protocol is confirmed. The host headteacher has the paper for all staff.")
    return redirect("placements:placement_detail", pk)


@access(Role.COORDINATOR)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the ten items."""
    return _with_reason(request, pk, protocol.reopen_protocol, title="Reopen the protocol", done="It is open again")


@access(Role.COORDINATOR)
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a placement that has not begun."""
    title = "Close this placement before it starts"
    return _with_reason(request, pk, placements.abandon, title=title, done="The placement is closed")


@access(Role.COORDINATOR)
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it start although P2 or P3 is not done (R-8.13)."""
    title = "Let it start without P2 or P3"
    return _with_reason(request, pk, placements.override, title=title, done="The override has been recorded")


@access(OFFICE)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the draft once more, then put it before the parties; a new version says what changed."""
    placement = find(request, pk)
    if not permissions.is_coordinator(request.user):
        raise PermissionDenied
    form = ReasonForm(
        request.POST or None,
        label="Reason for going beyond the AST’s days this year",
        hint="Only if the contract needs more days than the year has left.",
        submit="Issue the contract for signature",
    )
    form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            version = contracts.issue(placement=placement, by=request.user, overdraw_reason=form.cleaned_data["reason"])
        except Refused as problem:
            add_to_form(form, problem.problems)
        else:
            messages.success(request, f"Version {version.number} has gone to everybody who signs")
            return redirect("placements:placement_detail", pk)
    return render(request, "placements/agreement/issue.html", {"placement": placement, "form": form})


def _with_reason(request: HttpRequest, pk: int, action: Any, *, title: str, done: str) -> HttpResponse:
    placement = find(request, pk)
    form = ReasonForm(request.POST or None, label="Why?", submit=title)
    if request.method == "POST" and form.is_valid():
        try:
            action(placement=placement, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as problem:
            add_to_form(form, problem.problems)
        else:
            messages.success(request, done)
            return redirect("placements:placement_detail", pk)
    return _form_page(request, placement, form, title)


def _form_page(request: HttpRequest, placement: Placement, form: Any, title: str) -> HttpResponse:
    context = {"placement": placement, "form": form, "title": title}
    return render(request, "placements/agreement/form.html", context)
