"""An AST's work outside placements, page by page (R-4.8, R-4.13, R-6.14, R-8.18)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_safe

from astcoord.core import documents, policy
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.problems import Problem
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import days_words, number
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.submit import form_page, reason_page, sent, submit
from placements.activities import permissions, reads
from placements.activities.actions import inreach as inreach_actions
from placements.activities.actions import work as work_actions
from placements.activities.documents import AGREEMENT, agreement_facts
from placements.activities.forms import (
    AskInreachForm,
    DecideInreachForm,
    EntryForm,
    InreachDayForm,
    WorkForm,
)
from placements.activities.lifecycle import INREACH_OPEN, InreachStatus
from placements.activities.models import Activity, InreachAgreement
from placements.balances.reads import uses
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post

READERS = (Role.AST, Role.HEADTEACHER, OFFICE, Role.CONSULTANT)


@access(*READERS)
@require_safe
def work(request: Request, pk: int) -> HttpResponse:
    """A year's entries and agreements; `?year=2026-27` shows another year."""
    post = _post(request, pk)
    years = list(AcademicYear.objects.order_by("-starts_on"))
    asked = next((each for each in years if each.slug == request.GET.get("year")), None)
    year = asked or calendar.year_on(today()) or next(iter(years), None)
    context = {
        "post": post,
        "year": year,
        "years": years,
        "page": reads.work_page(post, year) if year else None,
        "may_record": permissions.can_record(request.user, post),
        "may_ask": permissions.can_ask(request.user, post),
    }
    return render(request, "placements/activities/work.html", context)


@access(Role.AST, OFFICE)
def work_add(request: Request, pk: int) -> HttpResponse:
    """Record work for others, or the AST's own development."""
    lead = say(
        "Work that belongs to no placement: for the authority, for a cluster, in training, or for own development."
    )
    return _add(request, pk, WorkForm, title=say("Record other AST work"), lead=lead)


@access(Role.AST, OFFICE)
def inreach_add(request: Request, pk: int) -> HttpResponse:
    """Record work with colleagues at the AST's own school."""
    lead = (
        "Inreach is reported as inreach, never as outreach. It uses the year’s days only where it takes outreach time, "
        "and that is agreed, or the school is in a category, or there is an exceptional reason."
    )
    return _add(request, pk, InreachDayForm, title="Record inreach", lead=lead)


def _add(request: Request, pk: int, kind: type[EntryForm], *, title: str, lead: str) -> HttpResponse:
    post = _post(request, pk)
    if not permissions.can_record(request.user, post):
        raise PermissionDenied
    form = _form(request, kind, initial={"on": today(), "days": "0.5"})
    by = request.user
    if done := submit(
        form,
        lambda _: work_actions.record(post=post, details=form.details(), by=by, overdraw_reason=form.overdraw),
    ):
        activity, warnings = done.result
        _told(request, activity, warnings)
        return redirect("placements:work", pk)
    back = (say("Back to the work outside placements"), "placements:work", pk)
    return form_page(request, form, title=title, caption=post.name, lead=lead, back=back)


@access(Role.AST, OFFICE)
def work_change(request: Request, pk: int) -> HttpResponse:
    """Put an entry right."""
    activity = _activity(request, pk)
    first = {
        "kind": activity.kind,
        "on": activity.on,
        "days": number(activity.days),
        "what": activity.what,
        "where": activity.where,
        "category": activity.category,
        "time_source": activity.time_source,
        "exceptional_reason": activity.exceptional_reason,
    }
    form = _form(request, InreachDayForm if activity.is_inreach else WorkForm, initial=first)
    form.submit_label, form.edits = "Save the correction", True
    by = request.user
    if done := submit(
        form,
        lambda _: work_actions.correct(activity=activity, details=form.details(), by=by, overdraw_reason=form.overdraw),
    ):
        activity.refresh_from_db()
        _told(request, activity, done.result)
        return redirect("placements:work", activity.post_id)
    back = (say("Back to the work outside placements"), "placements:work", activity.post_id)
    instead = ("Call this entry off instead", "placements:work_cancel", pk)
    return form_page(request, form, title="Correct an entry", caption=str(activity), back=back, after=instead)


@access(Role.AST, OFFICE)
def work_cancel(request: Request, pk: int) -> HttpResponse:
    """Call an entry off."""
    activity = _activity(request, pk)
    return _with_reason(
        request,
        partial(work_actions.cancel, activity=activity, by=request.user),
        title="Call an entry off",
        done="The entry is called off. Its time is free again.",
        to=resolve_url("placements:work", activity.post_id),
        caption=activity.post.name,
        lead=f"{activity}, {days_words(activity.days)}: {activity.what}",
        back=(say("Back to the work outside placements"), "placements:work", activity.post_id),
    )


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def inreach_ask(request: Request, pk: int) -> HttpResponse:
    """The light agreement: aims and whose time."""
    post = _post(request, pk)
    if not permissions.can_ask(request.user, post):
        raise PermissionDenied
    form = AskInreachForm(sent(request))
    if done := submit(form, lambda data: inreach_actions.ask_inreach(post=post, by=request.user, **data)):
        messages.success(request, say("Asked for. It counts when the co-ordinator has agreed."))
        return redirect(done.result)
    lead = say("An agreement on work at the AST’s own school. No host school signs it.")
    back = (say("Back to the work outside placements"), "placements:work", pk)
    return form_page(request, form, title="Ask for inreach", caption=post.name, lead=lead, back=back)


@access(*READERS)
@require_safe
def inreach(request: Request, pk: int) -> HttpResponse:
    """One agreement: whose turn it is, and what was said."""
    found, user = _agreement(request, pk), request.user
    waits = found.status == InreachStatus.ASKED
    context = {
        "agreement": found,
        "waits": waits,
        "consults": policy.in_force(today()).initial_consultation,
        "may_decide": waits and permissions.can_decide(user, found),
        "may_end": found.status in INREACH_OPEN and permissions.can_end(user, found),
    }
    return render(request, "placements/activities/inreach.html", context)


@access(*READERS)
@require_safe
def inreach_pdf(request: Request, pk: int) -> HttpResponse:
    """The agreement on paper; nobody signs it (R-8.18)."""
    found = _agreement(request, pk)
    title = f"Agreement on inreach: {found.post.name}"
    facts = agreement_facts(found)
    return documents.as_download(documents.preview(AGREEMENT, title=title, facts=facts, on=timezone.now()), title)


@access(Role.COORDINATOR)
def inreach_decide(request: Request, pk: int) -> HttpResponse:
    """Yes or no; in a school in a category with the part of its plan (R-14.6)."""
    found = _agreement(request, pk)
    form = DecideInreachForm(sent(request), initial={"plan_link": found.plan_link})
    if submit(form, lambda data: _decide(found, request, data)):
        messages.success(request, f"Your answer is recorded. Now: {found.get_status_display()}.")
        return redirect(found)
    title, lead = "Answer: inreach", f"{found.aims} ({found.get_time_source_display()})"
    return form_page(request, form, title=title, caption=found.post.name, lead=lead, back=("Back", found))


def _decide(found: InreachAgreement, request: Request, data: dict[str, Any]) -> InreachAgreement:
    yes, link = data["answer"] == "yes", data["plan_link"]
    by = request.user
    return inreach_actions.decide_inreach(agreement=found, yes=yes, plan_link=link, reason=data["reason"], by=by)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def inreach_end(request: Request, pk: int) -> HttpResponse:
    """Take it back, or end it today."""
    found = _agreement(request, pk)
    if not permissions.can_end(request.user, found):
        raise PermissionDenied
    return _with_reason(
        request,
        partial(inreach_actions.end_inreach, agreement=found, by=request.user),
        title="End the inreach",
        done="The inreach is over.",
        to=found,
        caption=found.post.name,
        back=("Back", found),
    )


def _with_reason(request: Request, action: Callable[..., Any], *, title: str, **page: Any) -> HttpResponse:
    form = ReasonForm(sent(request), submit=title, tone="warning", most=250)
    return reason_page(request, action, title=title, form=form, **page)


def _post(request: Request, pk: int) -> Post:
    visible = Post.objects.visible_to(request.user).select_related("user", "home")
    return get_object_or_404(visible.prefetch_related("home__statuses"), pk=pk)


def _activity(request: Request, pk: int) -> Activity:
    visible = Activity.objects.visible_to(request.user).standing().select_related("post__user", "post__home")
    activity = get_object_or_404(visible, pk=pk)
    if not permissions.can_change(request.user, activity):
        raise PermissionDenied
    return activity


def _agreement(request: Request, pk: int) -> InreachAgreement:
    visible = InreachAgreement.objects.visible_to(request.user).select_related("post__user", "post__home")
    return get_object_or_404(visible, pk=pk)


def _form(request: Request, kind: type[EntryForm], **kwargs: Any) -> EntryForm:
    year = calendar.year_on(today())
    named = uses.names(year) if year else []
    return kind(sent(request), uses=named, overrides=is_coordinator(request.user), **kwargs)


def _told(request: Request, activity: Activity, warnings: list[Problem]) -> None:
    """What was recorded, whether it counts, and that the week's limit does not bind it."""
    use = f" It draws on “{activity.category}”." if activity.counts and activity.category else ""
    counted = "The year has fewer days for it." if activity.counts else "The year’s days stay as they are."
    messages.success(request, f"Recorded: {days_words(activity.days)}. {counted}{use}")
    for problem in warnings:
        messages.warning(request, problem.message)
    if reads.week_is_full(activity.post, activity.on):
        cap = days_words(policy.in_force(activity.on).most_a_week)
        messages.info(
            request,
            f"That week’s outreach is full. This does not count towards the limit of {cap} a week, so it stands.",
        )
