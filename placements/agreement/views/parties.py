"""What the parties do beside the protocol: papers given round, papers seen, cover, the visit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from astcoord.core import shown
from astcoord.core.access import Request, signed_in
from astcoord.core.problems import Problem
from astcoord.core.words import say
from astcoord.ui.forms import ConfirmForm
from astcoord.ui.submit import attempt, sent, submit
from astcoord.ui.templatetags.govuk import day
from placements.agreement.actions import placements, progress, protocol
from placements.agreement.forms.placements import CoverForm
from placements.agreement.forms.protocol import CirculationForm, PapersSeenForm
from placements.placement import permissions
from placements.placement.models import Placement
from placements.placement.permissions import is_home_head
from placements.placement.views import find, placement_form
from staff.accounts.permissions import is_office


@signed_in
def cover(request: Request, pk: int) -> HttpResponse:
    """How the AST's classes are covered (R-4.12)."""
    placement = find(request, pk)
    if not (is_home_head(request.user, placement) or is_office(request.user)):
        raise PermissionDenied
    note = placement.cover_note
    read = shown.teller(request.user, placement)(note)
    form = CoverForm(sent(request), initial={"cover": placement.cover, "note": read})

    def save(data: dict[str, Any]) -> list[Problem]:
        data["note"] = shown.kept(note, read, data["note"], field="note")
        return placements.save_cover(placement=placement, by=request.user, **data)

    if done := submit(form, save):
        for warning in done.result:
            messages.warning(request, warning.message)
        messages.success(request, "The cover plan has been saved")
        return redirect(placement)
    return placement_form(request, placement, form, say("Cover at the AST’s own school"))


@signed_in
def visit_agree(request: Request, pk: int) -> HttpResponse:
    """The home headteacher agrees to the visit (R-8.5)."""
    placement = find(request, pk)
    if not permissions.is_home_head(request.user, placement):
        raise PermissionDenied
    if request.method == "POST":
        if attempt(request, lambda: protocol.agree_visit(placement=placement, by=request.user)):
            messages.success(request, "You have agreed to the visit")
        return redirect(placement)
    wish = f"Teachers of {placement.host.name} would like to see {placement.post.user.name} teach at your school"
    planned = placement.visit_planned_on
    return placement_form(
        request,
        placement,
        ConfirmForm(submit="Agree to the visit"),
        "Agree to the visit",
        heading=f"Agree to the visit to {placement.home.name}",
        lead=format_html("{}, on {}.", wish, day(planned)) if planned else f"{wish}.",
    )


@signed_in
def circulation(request: Request, pk: int) -> HttpResponse:
    """P2 as it is done: papers given round, first talks held (R-8.2)."""
    placement = _workable(request, pk)
    form = CirculationForm(sent(request), placement=placement)
    if submit(
        form,
        lambda data: progress.record_circulation(
            placement=placement, by=request.user, circulated_on=data["circulated_on"], met=form.met()
        ),
    ):
        messages.success(request, "Saved")
        return redirect(placement)
    template = "placements/agreement/circulation.html"
    return placement_form(request, placement, form, "Give the protocol to all staff", template=template)


@signed_in
def papers_seen(request: Request, pk: int) -> HttpResponse:
    """Which of the six papers the AST has seen (R-9.1)."""
    placement = _workable(request, pk)
    form = PapersSeenForm(sent(request), placement=placement)
    if submit(form, lambda data: progress.record_papers(placement=placement, by=request.user, states=data)):
        messages.success(request, "Saved")
        return redirect(placement)
    return placement_form(request, placement, form, say("Papers the AST needs to see"))


def _workable(request: Request, pk: int) -> Placement:
    """A placement that this person works on: not only reads."""
    placement = find(request, pk)
    if not permissions.can_work_on_protocol(request.user, placement):
        raise PermissionDenied
    return placement
