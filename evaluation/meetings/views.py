"""Review meetings: a placement's, recorded, changed; what was agreed, ticked off."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import Request, signed_in
from astcoord.core.clock import today
from astcoord.ui.submit import attempt, sent, submit
from evaluation.meetings import actions, permissions, reads
from evaluation.meetings.forms import ActionForm, MeetingForm, RecordForm
from evaluation.meetings.models import MeetingAction
from placements.placement.models import Meeting
from placements.placement.views import find, placement_form

PAGE = "evaluation:meetings"
BACK = "Back to the meetings"


@signed_in
@require_safe
def meetings(request: Request, pk: int) -> HttpResponse:
    """Every meeting of a placement, what was decided, and what is still to be done."""
    placement = find(request, pk)
    page = reads.of_placement(placement, request.user, today())
    return render(request, "evaluation/meetings/meetings.html", {"placement": placement, "page": page})


@signed_in
def record(request: Request, pk: int) -> HttpResponse:
    """A review meeting was held (R-11.4)."""
    placement = find(request, pk)
    if not permissions.can_record(request.user, placement):
        raise PermissionDenied
    form = RecordForm(sent(request))
    if submit(
        form,
        lambda _: actions.record(placement=placement, actions=form.actions(), by=request.user, **form.told()),
    ):
        messages.success(request, "The meeting is on record. Everybody finds what they do on their first page.")
        return redirect(PAGE, pk)
    return placement_form(request, placement, form, "Record a review meeting", back=(BACK, PAGE, pk))


@signed_in
def change(request: Request, pk: int) -> HttpResponse:
    """What was written was wrong, or not all."""
    meeting = _meeting(request, pk)
    form = MeetingForm(sent(request), meeting=meeting)
    if submit(form, lambda _: actions.change(meeting=meeting, by=request.user, **form.told())):
        messages.success(request, "The meeting has been changed.")
        return redirect(PAGE, meeting.placement_id)
    back = (BACK, PAGE, meeting.placement_id)
    return placement_form(request, meeting.placement, form, "Change a review meeting", back=back)


@signed_in
def add_action(request: Request, pk: int) -> HttpResponse:
    """One more thing that was agreed."""
    meeting = _meeting(request, pk)
    form = ActionForm(sent(request))
    if submit(form, lambda _: actions.add_action(meeting=meeting, action=form.action(), by=request.user)):
        messages.success(request, "The action has been added.")
        return redirect(PAGE, meeting.placement_id)
    back = (BACK, PAGE, meeting.placement_id)
    return placement_form(request, meeting.placement, form, "Add an action", back=back)


@signed_in
@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    """Done."""
    return _press(request, pk, lambda row: actions.tick(action=row, by=request.user), "Ticked off. Thank you.")


@signed_in
@require_POST
def untick(request: Request, pk: int) -> HttpResponse:
    """Not done after all."""
    return _press(request, pk, lambda row: actions.untick(action=row, by=request.user), "It is open again.")


@signed_in
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """No longer wanted."""
    return _press(request, pk, lambda row: actions.drop(action=row, by=request.user), "The action has been taken away.")


def _press(request: Request, pk: int, act: Callable[[MeetingAction], object], words: str) -> HttpResponse:
    row = get_object_or_404(MeetingAction.objects.select_related("meeting"), pk=pk)
    placement = find(request, row.meeting.placement_id)
    if attempt(request, lambda: act(row)):
        messages.success(request, words)
    return redirect(PAGE, placement.pk)


def _meeting(request: Request, pk: int) -> Meeting:
    """A review meeting whose record this person may change; 404 for one of a placement that is not theirs."""
    meeting = get_object_or_404(Meeting, pk=pk, kind=Meeting.Kind.REVIEW)
    meeting.placement = find(request, meeting.placement_id)
    if not permissions.can_record(request.user, meeting.placement):
        raise PermissionDenied
    return meeting
