"""A headteacher's placements, and what only the home headteacher does: cover, and the visit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from astcoord.core.access import access, signed_in
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import Role
from astcoord.ui.forms import ConfirmForm
from placements import policy as may
from placements.actions import placements as actions
from placements.actions import protocol
from placements.forms.placements import CoverForm
from placements.reports.placements import at_schools
from placements.views.placement import PlacementRegister, find, refused


@access(Role.HEADTEACHER)
class AtMySchool(PlacementRegister):
    """Placements at the head's school, and those of its ASTs elsewhere."""

    title = "Placements at your school and of your ASTs"
    few = 5

    def get_queryset(self) -> Any:
        return at_schools(self.request.user).with_people()


@signed_in
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """How the AST's classes are covered (R-4.12)."""
    placement = find(request, pk)
    if not (may.is_home_head(request.user, placement) or may.is_office(request.user)):
        raise PermissionDenied
    form = CoverForm(request.POST or None, initial={"cover": placement.cover, "note": placement.cover_note})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            warnings = actions.save_cover(
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
    return render(request, "placements/placements/form.html", context)


@signed_in
def visit_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The home headteacher agrees to the visit (R-8.5)."""
    placement = find(request, pk)
    if not may.is_home_head(request.user, placement):
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
    return render(request, "placements/placements/visit.html", {"placement": placement, "form": form})
