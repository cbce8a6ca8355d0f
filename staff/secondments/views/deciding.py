"""The adviser is named and answers, the co-ordinator decides (R-2.14 to R-2.16)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from astcoord.core import policy
from astcoord.core.access import Request, access, only_where
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.submit import form_page, reason_page, sent, submit
from staff.secondments import permissions
from staff.secondments.actions import deciding as actions
from staff.secondments.forms.deciding import AdviserForm, DecideForm, EndorseForm
from staff.secondments.models import Proposal
from staff.secondments.reads.overview import places
from staff.secondments.views.proposals import find


@access(Role.COORDINATOR)
@only_where("secondments")
def adviser(request: Request, pk: int) -> HttpResponse:
    """Who is asked to endorse."""
    found = find(request, pk)
    form = AdviserForm(sent(request), initial={"adviser": found.adviser_id})
    if submit(form, lambda data: actions.name_adviser(proposal=found, by=request.user, **data)):
        messages.success(request, "The adviser is asked by e-mail.")
        return redirect(found)
    lead = "The adviser says whether the proposal is endorsed, having met the teacher and the headteacher."
    return form_page(request, form, title="Name the adviser", caption=str(found), lead=lead, back=("Back", found))


@access(Role.CONSULTANT)
@only_where("secondments")
def endorse(request: Request, pk: int) -> HttpResponse:
    """Yes or no, of the adviser who was named."""
    found = find(request, pk)
    if not permissions.is_adviser(request.user, found):
        raise PermissionDenied
    form = EndorseForm(sent(request))
    if submit(form, lambda data: _endorse(found, request, data)):
        messages.success(request, say("Your answer is with the co-ordinator."))
        return redirect(found)
    lead = "Endorse it only when you have watched, or talked with, both the teacher and the headteacher."
    return form_page(
        request, form, title="Endorse the proposal, or not", caption=str(found), lead=lead, back=("Back", found)
    )


def _endorse(found: Proposal, request: Request, data: dict[str, Any]) -> Proposal:
    by, note = request.user, data["note"]
    if data["answer"] == "no":
        return actions.not_endorse(proposal=found, note=note, by=by)
    met = {"met_aspirant": data["met_aspirant"], "met_head": data["met_head"]}
    return actions.endorse(proposal=found, note=note, by=by, **met)


@access(Role.COORDINATOR)
@only_where("secondments")
def decide(request: Request, pk: int) -> HttpResponse:
    """Approve, or decline; all places taken, an approved one waits."""
    found = find(request, pk)
    form = DecideForm(sent(request))
    if done := submit(form, lambda data: _decide(found, request, data)):
        messages.success(request, f"Decided, and the letter is on its way. Now: {done.result.get_status_display()}.")
        return redirect(found)
    now = places(policy.in_force().most_secondments)
    lead = f"{now.taken} of {counted(now.most, 'place')} are taken. When all are, an approved proposal waits for one."
    return form_page(request, form, title="Decide on the proposal", caption=str(found), lead=lead, back=("Back", found))


def _decide(found: Proposal, request: Request, data: dict[str, Any]) -> Proposal:
    act = actions.approve if data["decision"] == "approve" else actions.decline
    return act(proposal=found, note=data["note"], by=request.user)


@access(Role.COORDINATOR)
@only_where("secondments")
def reconsider(request: Request, pk: int) -> HttpResponse:
    """The adviser is asked once more."""
    found = find(request, pk)
    return reason_page(
        request,
        partial(actions.reconsider, proposal=found, by=request.user),
        title="Ask the adviser again",
        done="The adviser is asked again.",
        to=found,
        form=ReasonForm(sent(request), submit="Ask again", label="Why is it looked at again?"),
        caption=str(found),
        lead="The endorsement and the decision are taken back. The school is told that another letter follows.",
        back=("Back", found),
    )
