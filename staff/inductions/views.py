"""Inductions: the list, one of them, and what those who lead the AST do with it (R-3.1, R-3.2, R-3.4)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from astcoord.core import audit
from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, reason_page, sent, submit
from staff.inductions import actions, permissions
from staff.inductions.filters import InductionFilter
from staff.inductions.forms import MeetingForm, StepsForm
from staff.inductions.models import InductionMeeting
from staff.inductions.reads import induction_page, inductions
from staff.inductions.tables import InductionTable
from staff.posts.models import InductionItem, Post
from staff.posts.permissions import is_own
from staff.posts.reads.leading import leaders

KEEPERS = frozenset({Role.COORDINATOR, Role.CONSULTANT})
DONE = "All four steps are recorded. Take one back first if it is wrong."
READERS = AUTHORITY | {Role.HEADTEACHER, Role.AST, Role.GOVERNOR}


@access(KEEPERS)
class InductionList(FilteredList):
    """Candidates and ASTs whom this person leads: the co-ordinator all, a consultant the group."""

    table_class = InductionTable
    filterset_class = InductionFilter
    title = "Inductions"
    csv_name = "inductions"
    few = 10

    def get_queryset(self) -> QuerySet[Post]:
        return inductions(self.request.user)


@access(READERS)
@require_safe
def induction(request: Request, pk: int) -> HttpResponse:
    """Both parts; a look at somebody else’s meetings before the assessment is recorded (R-16.3)."""
    post = _post(request, pk)
    page = induction_page(post, request.user)
    if page.meetings and not is_own(request.user, post):
        audit.viewed(post, by=request.user, what="meetings before the assessment")
    return render(request, "staff/inductions/induction.html", {"page": page, "post": post})


@access(KEEPERS)
def induction_tick(request: Request, pk: int) -> HttpResponse:
    """Steps were gone through (R-3.2)."""
    post = _kept(request, pk)
    page = induction_page(post, request.user)
    form = StepsForm(sent(request), steps=page.steps)
    if submit(form, lambda data: actions.tick(post=post, by=request.user, **data)):
        return _done(request, post, "The induction is recorded.")
    lead = DONE if page.finished else say("All four steps come before the AST’s first placement starts.")
    return _form(request, form, post, title="Record the induction", lead=lead)


@access(KEEPERS)
def induction_back(request: Request, pk: int) -> HttpResponse:
    """A step was ticked by mistake."""
    item = get_object_or_404(InductionItem, pk=pk)
    post = _kept(request, item.post_id)
    return reason_page(
        request,
        partial(actions.take_back, item=item, by=request.user),
        title="Take a step of the induction back",
        done=f"“{item}” is to be gone through again.",
        to=_address(post),
        form=ReasonForm(sent(request), submit="Take it back", tone="warning"),
        caption=f"{post.name}: {item}",
        lead=say("A placement that has not started waits until all four steps are recorded."),
        back=("Back", _address(post)),
    )


@access(KEEPERS)
def meeting_add(request: Request, pk: int) -> HttpResponse:
    """The candidate was met (R-3.1)."""
    post = _kept(request, pk)
    form = MeetingForm(sent(request), leaders=leaders(post, today()))
    if submit(form, lambda _: actions.log(post=post, held=form.held(), by=request.user)):
        return _done(request, post, "The meeting is logged.")
    lead = "The candidate is met with the line manager and the headteacher, before the assessment is booked."
    return _form(request, form, post, title="Log a meeting before the assessment", lead=lead)


@access(KEEPERS)
def meeting_change(request: Request, pk: int) -> HttpResponse:
    """What was logged was wrong."""
    meeting = _meeting(request, pk)
    form = MeetingForm(sent(request), leaders=leaders(meeting.post, today()), meeting=meeting)
    if submit(form, lambda _: actions.change(meeting=meeting, held=form.held(), by=request.user)):
        return _done(request, meeting.post, "The meeting is saved.")
    return _form(request, form, meeting.post, title="Change the meeting", lead="")


@access(KEEPERS)
def meeting_remove(request: Request, pk: int) -> HttpResponse:
    """It was not held, or stands there twice."""
    meeting = _meeting(request, pk)
    return reason_page(
        request,
        partial(actions.remove, meeting=meeting, by=request.user),
        title="Take the meeting away",
        done="The meeting is taken away.",
        to=_address(meeting.post),
        form=ReasonForm(sent(request), submit="Take it away", tone="warning"),
        caption=f"{meeting.post.name}: {meeting}",
        back=("Back", _address(meeting.post)),
    )


def _post(request: Request, pk: int) -> Post:
    visible: Any = Post.objects.visible_to(request.user).select_related("user", "home").prefetch_related("expertise")
    found: Post = get_object_or_404(visible, pk=pk)
    return found


def _kept(request: Request, pk: int) -> Post:
    found = _post(request, pk)
    require(permissions.can_keep(request.user, found))
    return found


def _meeting(request: Request, pk: int) -> InductionMeeting:
    visible = InductionMeeting.objects.visible_to(request.user).whole().prefetch_related("post__expertise")
    found: InductionMeeting = get_object_or_404(visible, pk=pk)
    require(permissions.can_keep(request.user, found.post))
    return found


def _address(post: Post) -> str:
    return reverse("staff:induction", args=[post.pk])


def _form(request: Request, form: Any, post: Post, *, title: str, lead: str) -> HttpResponse:
    return form_page(request, form, title=title, caption=post.name, back=("Back", _address(post)), lead=lead)


def _done(request: Request, post: Post, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(_address(post))
