"""What the parties do beside the protocol: papers given round, papers seen, cover, the visit, an early end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from astcoord.core.access import signed_in
from astcoord.core.problems import Refused, add_to_form
from astcoord.ui.forms import ConfirmForm
from placements.agreement.actions import placements, progress, protocol
from placements.agreement.forms.placements import CoverForm, EndForm
from placements.agreement.forms.protocol import CirculationForm, PapersSeenForm
from placements.agreement.permissions import can_end_early
from placements.placement import permissions
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_home_head, is_host_head
from placements.placement.views import find, refused
from staff.accounts.permissions import is_office


@signed_in
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """How the AST's classes are covered (R-4.12)."""
    placement = find(request, pk)
    if not (is_home_head(request.user, placement) or is_office(request.user)):
        raise PermissionDenied
    form = CoverForm(request.POST or None, initial={"cover": placement.cover, "note": placement.cover_note})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            warnings = placements.save_cover(
                placement=placement, by=request.user, cover=tuple(data["cover"]), note=data["note"]
            )
        except Refused as problem:
            add_to_form(form, problem.problems)
        else:
            for warning in warnings:
                messages.warning(request, warning.message)
            messages.success(request, "The cover plan has been saved")
            return redirect(placement)
    context = {"placement": placement, "form": form, "title": "Cover at the AST’s own school"}
    return render(request, "placements/agreement/form.html", context)


@signed_in
def visit_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The home headteacher agrees to the visit (R-8.5)."""
    placement = find(request, pk)
    if not permissions.is_home_head(request.user, placement):
        raise PermissionDenied
    form = ConfirmForm(request.POST or None)
    form.submit_label = "Agree to the visit"  # type: ignore[misc]
    if request.method == "POST":
        try:
            protocol.agree_visit(placement=placement, by=request.user)
        except Refused as problem:
            return refused(request, problem.problems, pk)
        messages.success(request, "You have agreed to the visit")
        return redirect(placement)
    return render(request, "placements/agreement/visit.html", {"placement": placement, "form": form})


@signed_in
def circulation(request: HttpRequest, pk: int) -> HttpResponse:
    """P2 as it is done: papers given round, first talks held (R-8.2)."""
    placement = _workable(request, pk)
    form = CirculationForm(request.POST or None, placement=placement)
    if request.method == "POST" and form.is_valid():
        try:
            progress.record_circulation(
                placement=placement,
                by=request.user,
                circulated_on=form.cleaned_data["circulated_on"],
                met=form.met(),
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, "Saved")
            return redirect(placement)
    context = {"placement": placement, "form": form, "title": "Give the protocol to all staff"}
    return render(request, "placements/agreement/circulation.html", context)


@signed_in
def papers_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of the six papers the AST has seen (R-9.1)."""
    placement = _workable(request, pk)
    form = PapersSeenForm(request.POST or None, placement=placement)
    if request.method == "POST" and form.is_valid():
        try:
            progress.record_papers(placement=placement, by=request.user, states=form.cleaned_data)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, "Saved")
            return redirect(placement)
    return _form_page(request, placement, form, "Papers the AST needs to see")


@signed_in
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Either party ends it alone; the co-ordinator may record that (R-8.14)."""
    placement = find(request, pk)
    if not can_end_early(request.user, placement):
        raise PermissionDenied
    own = is_host_head(request.user, placement) or is_ast_of(request.user, placement)
    form = EndForm(request.POST or None, asks_side=not own)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            placements.end_early(
                placement=placement,
                by=request.user,
                ended_on=data["ended_on"],
                reason=data["ended_reason"],
                side=data.get("side", ""),
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(
                request, "The placement has ended. The others have been told, and unused days have gone back."
            )
            return redirect(placement)
    return _form_page(request, placement, form, "End this placement early")


def _workable(request: HttpRequest, pk: int) -> Placement:
    """A placement that this person works on: not only reads."""
    placement = find(request, pk)
    if not permissions.can_work_on_protocol(request.user, placement):
        raise PermissionDenied
    return placement


def _form_page(request: HttpRequest, placement: Placement, form: Any, title: str) -> HttpResponse:
    context = {"placement": placement, "form": form, "title": title}
    return render(request, "placements/agreement/form.html", context)
