"""A secondment begins, is prepared, passes, ends (R-2.17, R-2.18)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core import policy
from astcoord.core.access import Request, access, only_where
from astcoord.core.roles import Role
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say
from astcoord.ui.submit import attempt, form_page, sent, submit
from staff.secondments import permissions
from staff.secondments.actions import ending, running
from staff.secondments.forms.running import (
    AppointForm,
    BeginForm,
    EndForm,
    GuideForm,
    PassForm,
    ResumeForm,
    StepForm,
    WishForm,
)
from staff.secondments.lifecycle import Ending
from staff.secondments.models import PreparationStep, Proposal, Secondment
from staff.secondments.views.proposals import find, own


def held_of(proposal: Proposal) -> Secondment:
    """What came of it; 404 where it has not begun."""
    held: Secondment | None = getattr(proposal, "secondment", None)
    if held is None:
        raise Http404
    return held


@access(Role.COORDINATOR)
@only_where("secondments")
def begin(request: Request, pk: int) -> HttpResponse:
    """The teacher gets the account, the role and the post."""
    found = find(request, pk)
    form = BeginForm(sent(request))
    if submit(form, lambda data: running.begin(proposal=found, by=request.user, **data)):
        messages.success(request, f"{found.aspirant_name} is seconded, and has an e-mail that says how to sign in.")
        return redirect(found)
    now = policy.in_force()
    lead = [f"It lasts {counted(now.secondment_months, 'month')}, on points {found.range_words}."]
    if now.aspirant_outreach:
        lead.append("The teacher may do outreach from the first day, before the assessment.")
    return form_page(request, form, title="Begin the secondment", caption=str(found), lead=lead, back=("Back", found))


@access(Role.COORDINATOR)
@only_where("secondments")
def guide(request: Request, pk: int) -> HttpResponse:
    """Another adviser guides the preparation."""
    found = find(request, pk)
    form = GuideForm(sent(request), initial={"guide": held_of(found).guide_id})
    if submit(form, lambda data: running.name_guide(proposal=found, by=request.user, **data)):
        messages.success(request, "Saved.")
        return redirect(found)
    return form_page(request, form, title="Name the guide", caption=str(found), back=("Back", found))


@access(Role.COORDINATOR, Role.HEADTEACHER, Role.CONSULTANT)
@only_where("secondments")
def step(request: Request, pk: int) -> HttpResponse:
    """What was planned or done for the assessment."""
    found = find(request, pk)
    held_of(found)
    if not permissions.can_prepare(request.user, found):
        raise PermissionDenied
    form = StepForm(sent(request))
    if submit(form, lambda data: running.add_step(proposal=found, by=request.user, **data)):
        messages.success(request, "Recorded.")
        return redirect(found)
    title = "Record preparation for the assessment"
    return form_page(request, form, title=title, caption=str(found), back=("Back", found))


@access(Role.COORDINATOR, Role.HEADTEACHER, Role.CONSULTANT)
@require_POST
@only_where("secondments")
def step_remove(request: Request, pk: int, number: int) -> HttpResponse:
    """It was entered by mistake."""
    found = find(request, pk)
    row = get_object_or_404(PreparationStep, pk=number, secondment__proposal=found)
    if attempt(request, lambda: running.remove_step(step=row, by=request.user)):
        messages.success(request, "It is taken away.")
    return redirect(found)


@access(Role.COORDINATOR)
@only_where("secondments")
def record_pass(request: Request, pk: int) -> HttpResponse:
    """The assessment is passed."""
    found = find(request, pk)
    held_of(found)
    form = PassForm(sent(request))
    if submit(form, lambda data: running.record_pass(proposal=found, by=request.user, **data)):
        messages.success(request, "The pass is recorded. Record the first day in post next.")
        return redirect(found)
    lead = "From the next term on the grant has three elements."
    return form_page(request, form, title="Record the pass", caption=str(found), lead=lead, back=("Back", found))


@access(Role.COORDINATOR)
@only_where("secondments")
def appoint(request: Request, pk: int) -> HttpResponse:
    """From now on an AST."""
    found = find(request, pk)
    held_of(found)
    form = AppointForm(sent(request))
    if submit(form, lambda data: running.appoint(proposal=found, by=request.user, **data)):
        messages.success(request, f"{found.aspirant_name} is recorded as in post.")
        return redirect(found)
    return form_page(request, form, title="Record as in post", caption=str(found), back=("Back", found))


@access(Role.HEADTEACHER)
@only_where("secondments")
def wish(request: Request, pk: int) -> HttpResponse:
    """What the school wishes to follow."""
    found = own(request, pk)
    form = WishForm(sent(request), held=held_of(found))
    if submit(form, lambda data: ending.wish(proposal=found, by=request.user, **data)):
        messages.success(request, say("The co-ordinator reads it on the secondment’s page."))
        return redirect(found)
    lead = (
        f"The secondment ends on {date_words(held_of(found).ends_on)}. {say('The co-ordinator')} "
        "records what is agreed."
    )
    return form_page(request, form, title="What should follow?", caption=str(found), lead=lead, back=("Back", found))


@access(Role.COORDINATOR)
@only_where("secondments")
def end(request: Request, pk: int) -> HttpResponse:
    """What follows, as agreed with the school."""
    found = find(request, pk)
    form = EndForm(sent(request), held=held_of(found))
    if done := submit(form, lambda data: _end(found, request, data)):
        messages.success(request, f"Recorded. Now: {done.result.get_status_display()}.")
        return redirect(found)
    lead = "Agree it with the school first. The school and the teacher are told by e-mail."
    return form_page(request, form, title="Choose what follows", caption=str(found), lead=lead, back=("Back", found))


@access(Role.COORDINATOR)
@only_where("secondments")
def resume(request: Request, pk: int) -> HttpResponse:
    """An ending was a mistake."""
    found = find(request, pk)
    held_of(found)
    form = ResumeForm(sent(request))
    if submit(form, lambda data: ending.resume(proposal=found, by=request.user, **data)):
        messages.success(request, "The secondment goes on.")
        return redirect(found)
    lead = "For an ending that was recorded by mistake. The grant goes on being paid."
    return form_page(request, form, title="Take the ending back", caption=str(found), lead=lead, back=("Back", found))


def _end(found: Proposal, request: Request, data: dict[str, Any]) -> Proposal:
    until, reason, by = data["until"], data["reason"], request.user
    if data["ending"] == Ending.EXTEND:
        return ending.extend(proposal=found, new_end=until, reason=reason, by=by)
    act = ending.give_back if data["ending"] == Ending.RETURN else ending.keep
    return act(proposal=found, last_day=until, reason=reason, by=by)
