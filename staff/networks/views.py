"""Network meetings: the list, one, and what each person does with it (R-3.13)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from schools.calendar.models import AcademicYear
from staff.accounts.permissions import is_office
from staff.accounts.querysets import consultant_subjects
from staff.expertise.vocabulary import Subject
from staff.figures.forms import YearForm
from staff.figures.views import answer
from staff.networks import actions, permissions
from staff.networks.filters import MeetingFilter
from staff.networks.forms import InviteForm, MeetingForm, RecordForm, ReplyForm
from staff.networks.models import Invitation, NetworkMeeting
from staff.networks.querysets import eligible
from staff.networks.reads import figures
from staff.networks.reads.meetings import leaders, meeting_page
from staff.networks.tables import KeptTable, MeetingTable

LIST = ("Network meetings", "staff:networks")


@access(permissions.READERS)
class MeetingList(FilteredList):
    """Those that this person may see; how many come stands there for who calls them."""

    filterset_class = MeetingFilter
    template_name = "staff/networks/meetings.html"
    title = "Network meetings"
    csv_name = "network-meetings"
    few = 10

    @property
    def table_class(self) -> Any:
        return KeptTable if self._keeps else MeetingTable

    @property
    def _keeps(self) -> bool:
        return bool(self.request.user.has_role(*permissions.KEEPERS))

    def get_queryset(self) -> QuerySet[NetworkMeeting]:
        return NetworkMeeting.objects.visible_to(self.request.user).whole().with_counts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_keep=self._keeps, **kwargs)


@access(permissions.FIGURES)
def network_figures(request: Request) -> HttpResponseBase:
    """Meetings and attendance in a school year."""
    years = list(AcademicYear.objects.filter(starts_on__lte=today()).order_by("-starts_on"))
    form = YearForm(request.GET, years=years)
    sheet = figures.sheet(request.user, form.chosen)
    return answer(request, sheet, form, pages=(), template="staff/networks/figures.html")


@access(permissions.READERS)
@require_safe
def network(request: Request, pk: int) -> HttpResponse:
    """One meeting; of who comes, what this person may read."""
    meeting = _find(request, pk)
    page = meeting_page(meeting, request.user, today())
    return render(request, "staff/networks/meeting.html", {"meeting": meeting, "page": page})


@access(permissions.KEEPERS)
def network_add(request: Request) -> HttpResponse:
    """One is planned; nobody hears of it before the invitations are sent."""
    form = _form(request)
    if done := submit(form, lambda _: actions.save(by=request.user, **form.said())):
        messages.success(request, "The meeting is saved. Nobody is invited yet.")
        return redirect(done.result)
    lead = "Nobody hears of it until you send the invitations."
    return form_page(request, form, title="Plan a network meeting", lead=lead, back=LIST)


@access(permissions.KEEPERS)
def network_change(request: Request, pk: int) -> HttpResponse:
    """Another day, place or agenda; who is invited is told."""
    meeting = _kept(request, pk)
    form = _form(request, meeting)
    if submit(form, lambda _: actions.save(meeting=meeting, by=request.user, **form.said())):
        messages.success(request, "The meeting is saved.")
        return redirect(meeting)
    lead = say("ASTs who are invited already are told of every change by e-mail.")
    return form_page(request, form, title="Change the meeting", caption=str(meeting), lead=lead, back=("Back", meeting))


@access(permissions.KEEPERS)
def network_invite(request: Request, pk: int) -> HttpResponse:
    """Who gets the agenda."""
    meeting = _kept(request, pk)
    form = InviteForm(sent(request), meeting=meeting, posts=eligible(request.user, meeting.on))
    if done := submit(form, lambda data: actions.invite(meeting=meeting, by=request.user, posts=list(data["posts"]))):
        messages.success(request, f"{counted(len(done.result), 'AST')} invited.")
        return redirect(meeting)
    lead = "They get the day, the place and the agenda by e-mail. If the day has passed, nobody is written to."
    return form_page(request, form, title=say("Invite ASTs"), caption=str(meeting), lead=lead, back=("Back", meeting))


@access(permissions.KEEPERS)
def network_cancel(request: Request, pk: int) -> HttpResponse:
    """It does not take place."""
    meeting = _kept(request, pk)
    return reason_page(
        request,
        partial(actions.cancel, meeting=meeting, by=request.user),
        title="Cancel the meeting",
        done="The meeting is cancelled. Everybody who was invited is told.",
        to=meeting,
        form=ReasonForm(sent(request), submit="Cancel the meeting", tone="warning", most=300),
        caption=str(meeting),
        back=("Back", meeting),
    )


@access(permissions.KEEPERS)
def network_record(request: Request, pk: int) -> HttpResponse:
    """Who was there, who sent apologies, what was noted; also to word it better later."""
    meeting = _kept(request, pk)
    form = RecordForm(sent(request), meeting=meeting)
    if submit(form, lambda _: actions.hold(meeting=meeting, by=request.user, **form.said())):
        messages.success(request, "The record of the meeting is saved.")
        return redirect(meeting)
    lead = "Somebody who came without an invitation is invited first, and is then on this list."
    return form_page(request, form, title="Who was there", caption=str(meeting), lead=lead, back=("Back", meeting))


@access(permissions.KEEPERS)
@require_POST
def network_reopen(request: Request, pk: int) -> HttpResponse:
    """It was recorded as held by mistake."""
    meeting = _kept(request, pk)
    if attempt(request, lambda: actions.reopen(meeting=meeting, by=request.user)):
        messages.success(request, "The meeting is no longer recorded as held.")
    return redirect(meeting)


@access(Role.AST)
def network_answer(request: Request, pk: int) -> HttpResponse:
    """The AST comes, or sends apologies."""
    invitation = _invitation(request, pk)
    require(permissions.can_reply(request.user, invitation))
    form = ReplyForm(sent(request), invitation=invitation)
    if submit(form, lambda data: actions.answer(invitation=invitation, by=request.user, **data)):
        messages.success(request, "Your answer is sent.")
        return redirect(invitation.meeting)
    caption = str(invitation.meeting)
    return form_page(request, form, title="Answer the invitation", caption=caption, back=("Back", invitation.meeting))


@access(permissions.KEEPERS)
@require_POST
def network_uninvite(request: Request, pk: int) -> HttpResponse:
    """The invitation was a mistake."""
    invitation = _invitation(request, pk)
    if attempt(request, lambda: actions.uninvite(invitation=invitation, by=request.user)):
        messages.success(request, "The invitation is taken back.")
    return redirect(invitation.meeting)


def _form(request: Request, meeting: NetworkMeeting | None = None) -> MeetingForm:
    """The office calls any meeting, a consultant those of the own subjects."""
    user = request.user
    subjects = None if is_office(user) else consultant_subjects(user)
    may_lead = leaders(set(Subject.values) if subjects is None else subjects, today())
    return MeetingForm(sent(request), leaders=may_lead, subjects=subjects, meeting=meeting)


def _find(request: Request, pk: int) -> NetworkMeeting:
    found: NetworkMeeting = get_object_or_404(NetworkMeeting.objects.visible_to(request.user).whole(), pk=pk)
    return found


def _kept(request: Request, pk: int) -> NetworkMeeting:
    meeting = _find(request, pk)
    require(permissions.can_keep(request.user, meeting))
    return meeting


def _invitation(request: Request, pk: int) -> Invitation:
    invitations = Invitation.objects.visible_to(request.user).whole().select_related("meeting__cluster", "post__user")
    found: Invitation = get_object_or_404(invitations, pk=pk)
    return found
