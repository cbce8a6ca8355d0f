"""What only the office does on the way to a contract: meetings, confirmation, issue, overrides."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from astcoord.core import policy
from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.submit import attempt, reason_page, sent, submit
from placements.agreement.actions import contracts, placements, protocol
from placements.agreement.forms.placements import CallMeetingForm, HoldMeetingForm
from placements.placement.models import Placement
from placements.placement.views import about, find, placement_form
from staff.accounts import permissions


@access(OFFICE)
def meeting_call(request: Request, pk: int) -> HttpResponse:
    """Day and place of the preliminary meeting; agenda and role statement go out (N6)."""
    placement = find(request, pk)
    form = CallMeetingForm(
        sent(request),
        initial={"meeting_called_for": placement.meeting_called_for, "meeting_place": placement.meeting_place},
    )
    if submit(
        form,
        lambda data: protocol.call_meeting(
            placement=placement, on=data["meeting_called_for"], place=data["meeting_place"], by=request.user
        ),
    ):
        messages.success(request, "The agenda and the role statement are on their way")
        return redirect(placement)
    return placement_form(request, placement, form, "Call the preliminary meeting")


@access(OFFICE)
def meeting_hold(request: Request, pk: int) -> HttpResponse:
    """Record that it was held, and who was there (R-8.0)."""
    placement = find(request, pk)
    form = HoldMeetingForm(sent(request), initial={"held_on": placement.meeting_called_for})
    if submit(
        form,
        lambda data: protocol.hold_meeting(
            placement=placement,
            held_on=data["held_on"],
            present=data["present"],
            consent=data["absence_consent"],
            notes=data["notes"],
            by=request.user,
        ),
    ):
        messages.success(request, "The meeting has been recorded. Now the ten items.")
        return redirect("placements:placement_protocol", pk)
    return placement_form(request, placement, form, "Record the preliminary meeting")


@access(OFFICE)
@require_POST
def send_role(request: Request, pk: int) -> HttpResponse:
    """Send the role statement to the host headteacher (R-8.1)."""
    protocol.send_role_statement(placement=find(request, pk), by=request.user)
    messages.success(request, "The role statement is on its way to the host headteacher")
    return redirect("placements:placement_item", pk, 1)


@access(Role.COORDINATOR)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """All ten items are agreed."""
    placement = find(request, pk)
    if not attempt(request, lambda: protocol.confirm_protocol(placement=placement, by=request.user)):
        return redirect("placements:placement_protocol", pk)
    messages.success(request, "The protocol is confirmed. The host headteacher has the paper for all staff.")
    return redirect("placements:placement_detail", pk)


@access(Role.COORDINATOR)
def reopen(request: Request, pk: int) -> HttpResponse:
    """Back to the ten items."""
    return _with_reason(request, pk, protocol.reopen_protocol, title="Reopen the protocol", done="It is open again")


@access(Role.COORDINATOR)
def override(request: Request, pk: int) -> HttpResponse:
    """Let it start although P2 or P3 is not done (R-8.13)."""
    title = "Let it start without P2 or P3"
    return _with_reason(request, pk, placements.override, title=title, done="The override has been recorded")


@access(OFFICE)
def issue(request: Request, pk: int) -> HttpResponse:
    """Look at the draft once more, then put it before the parties; a new version says what changed."""
    placement = find(request, pk)
    if not permissions.is_coordinator(request.user):
        raise PermissionDenied
    word = policy.in_force().contract_word
    form = ReasonForm(
        sent(request),
        label=say("Reason for going beyond the AST’s days this year"),
        hint=f"Only if the {word} needs more days than the year has left.",
        submit=f"Issue the {word} for signature",
    )
    form.fields["reason"].required = False
    if done := submit(
        form, lambda data: contracts.issue(placement=placement, by=request.user, overdraw_reason=data["reason"])
    ):
        messages.success(request, f"Version {done.result.number} has gone to everybody who signs")
        return redirect("placements:placement_detail", pk)
    template = "placements/agreement/issue.html"
    return placement_form(request, placement, form, f"Issue the {word}", template=template)


def _with_reason(request: Request, pk: int, action: Callable[..., Placement], *, title: str, done: str) -> HttpResponse:
    placement = find(request, pk)
    act = partial(action, placement=placement, by=request.user)
    return reason_page(request, act, title=title, done=done, to=placement, **about(placement))
