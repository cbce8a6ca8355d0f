"""Meetings of groups and networks: planned, with their agenda and paper, held, and what they decided (R-7.6)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import documents
from astcoord.core.access import Request, access, only_where
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted, days_words
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from placements.groups import permissions, reads
from placements.groups.actions import deciding, meetings
from placements.groups.documents import PAPER, paper_facts
from placements.groups.filters import MeetingFilter
from placements.groups.forms import AgendaForm, HeldForm, ItemForm, MeetingForm
from placements.groups.models import DecidingGroup, GroupItem, GroupMeeting
from placements.groups.tables import MeetingTable
from placements.groups.views.registers import SETTING

READERS = OFFICE | {Role.CONSULTANT}
LIST = ("Meetings of groups and networks", "placements:group_meetings")


@access(READERS)
@only_where(SETTING)
class Meetings(FilteredList):
    """All meetings, a consultant's those of the own groups."""

    table_class = MeetingTable
    filterset_class = MeetingFilter
    template_name = "placements/groups/meetings.html"
    title = LIST[0]
    csv_name = "group-meetings"
    few = 10

    def get_queryset(self) -> QuerySet[GroupMeeting]:
        return GroupMeeting.objects.visible_to(self.request.user).with_counts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_keep=permissions.can_keep(self.request.user), **kwargs)


@access(READERS)
@only_where(SETTING)
@require_safe
def group_meeting(request: Request, pk: int) -> HttpResponse:
    """One meeting: what is before it, who was there, what it decided."""
    meeting = _find(request, pk)
    keeps = permissions.can_keep(request.user, meeting)
    page = reads.meeting_page(meeting, request.user, keeps=keeps)
    return render(request, "placements/groups/meeting.html", {"meeting": meeting, "page": page, "may_keep": keeps})


@access(READERS)
@only_where(SETTING)
@require_safe
def group_paper(request: Request, pk: int) -> HttpResponse:
    """The agenda as a PDF, afterwards with the decisions; a consultant's holds the items of the own subjects."""
    meeting = _find(request, pk)
    title = f"{meeting.group.name} {meeting.on:%Y-%m-%d}"
    facts = paper_facts(meeting, reads.items_for(meeting, request.user))
    return documents.as_download(documents.preview(PAPER, title=title, facts=facts, on=timezone.now()), title)


@access(Role.COORDINATOR)
@only_where(SETTING)
def group_meeting_add(request: Request) -> HttpResponse:
    """A meeting to come, or one that is recorded afterwards."""
    if not DecidingGroup.objects.now().exists():
        messages.error(request, "Enter a deployment group or a network first.")
        return redirect("placements:deciding_groups")
    form = MeetingForm(sent(request))
    if done := submit(form, lambda data: meetings.plan(by=request.user, **data)):
        messages.success(request, "The meeting is saved. Put on its agenda what it is to decide.")
        return redirect(done.result)
    return form_page(request, form, title="Plan a meeting", back=LIST)


@access(Role.COORDINATOR)
@only_where(SETTING)
def group_meeting_change(request: Request, pk: int) -> HttpResponse:
    """Another day or place."""
    meeting = _find(request, pk)
    form = MeetingForm(sent(request), meeting=meeting)
    if submit(form, lambda data: meetings.move(meeting=meeting, by=request.user, **data)):
        messages.success(request, "The meeting is saved.")
        return redirect(meeting)
    return _form_page(request, form, meeting, title="Move the meeting")


@access(Role.COORDINATOR)
@only_where(SETTING)
def group_meeting_cancel(request: Request, pk: int) -> HttpResponse:
    """It does not take place."""
    meeting = _find(request, pk)
    return reason_page(
        request,
        partial(meetings.cancel, meeting=meeting, by=request.user),
        title="Cancel the meeting",
        done="The meeting is cancelled. What was on its agenda can go before another.",
        to=meeting,
        form=ReasonForm(sent(request), submit="Cancel the meeting", tone="warning"),
        caption=str(meeting),
        back=("Back", meeting),
    )


@access(Role.COORDINATOR)
@only_where(SETTING)
def group_agenda(request: Request, pk: int) -> HttpResponse:
    """What the meeting is to decide on."""
    meeting = _find(request, pk)
    form = AgendaForm(sent(request), meeting=meeting, offered=reads.offered(meeting))
    if submit(form, lambda _: meetings.set_agenda(meeting=meeting, by=request.user, **form.said())):
        messages.success(request, "The agenda is saved.")
        return redirect(meeting)
    lead = say(
        "Proposed matches without the authority’s answer, and lines of the newest plan that nobody has accepted. "
        "A match on the agenda does not lapse before a week after the meeting."
    )
    return _form_page(request, form, meeting, title="Agenda", lead=lead)


@access(Role.COORDINATOR)
@only_where(SETTING)
def group_held(request: Request, pk: int) -> HttpResponse:
    """It took place, and who was there."""
    meeting = _find(request, pk)
    form = HeldForm(sent(request), meeting=meeting)
    if submit(form, lambda data: meetings.record_held(meeting=meeting, by=request.user, **data)):
        messages.success(request, "It is recorded who was there. Record what the group decided now.")
        return redirect(meeting)
    lead = "Every decision of the meeting is kept with the names of those who were there."
    after = ("Members of groups and networks", "placements:group_members")
    return _form_page(request, form, meeting, title="Who was there", lead=lead, after=after)


@access(Role.COORDINATOR)
@only_where(SETTING)
def group_item(request: Request, pk: int) -> HttpResponse:
    """The decision on one item; corrected while nothing has followed from it."""
    found = get_object_or_404(GroupItem.objects.visible_to(request.user).whole(), pk=pk)
    form = ItemForm(sent(request), item=found)
    if submit(form, lambda data: deciding.decide(item=found, by=request.user, **data)):
        messages.success(request, "The decision is recorded.")
        return redirect(found.meeting)
    title = f"Decision on {found.ast_name} for {found.request.host.name}"
    return _form_page(
        request, form, found.meeting, title=title, lead=f"{found.request.reference}, {days_words(found.days)}"
    )


@access(Role.COORDINATOR)
@require_POST
@only_where(SETTING)
def group_agree_rest(request: Request, pk: int) -> HttpResponse:
    """Everything that is not decided yet is agreed."""
    meeting = _find(request, pk)
    if done := attempt(request, lambda: deciding.agree_to_rest(meeting=meeting, by=request.user)):
        messages.success(request, f"{counted(done.result, 'item')} agreed.")
    return redirect(meeting)


def _find(request: Request, pk: int) -> GroupMeeting:
    found: GroupMeeting = get_object_or_404(
        GroupMeeting.objects.visible_to(request.user).select_related("group").prefetch_related("present"), pk=pk
    )
    return found


def _form_page(request: Request, form: Any, meeting: GroupMeeting, **page: Any) -> HttpResponse:
    return form_page(request, form, caption=str(meeting), back=("Back to the meeting", meeting), **page)
