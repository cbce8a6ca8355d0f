"""A head says why there will be no visit to the AST's school, or that there will be one after all (R-10.2)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.views.decorators.http import require_POST

from astcoord.core import shown
from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.submit import attempt, reason_page, sent
from placements.days.actions import visit
from placements.days.permissions import can_waive_visit
from placements.placement.models import Placement

DIARY = "evaluation:placement_diary"


@access(Role.HEADTEACHER, OFFICE)
def visit_waive(request: Request, pk: int) -> HttpResponse:
    """Why there will be none."""
    placement = _placement(request, pk)
    stored = placement.visit_waived_reason
    read = shown.teller(request.user, placement)(stored)
    form = ReasonForm(
        sent(request),
        label="Why will there be no visit?",
        hint=say("Both schools and the co-ordinator can read this."),
        submit="Go without the visit",
        initial={"reason": read},
    )
    form.edits = True
    lead = (
        f"Seeing {placement.post.user.name} teach at {placement.home.name} is an essential part of the work, and it "
        "should come in the first third of the days. The visit counts as an outreach day."
    )

    def waive(reason: str) -> Any:
        said = shown.kept(stored, read, reason, field="reason")
        return visit.waive_visit(placement=placement, by=request.user, reason=said)

    return reason_page(
        request,
        waive,
        title=say("No visit to the AST’s school"),
        done="It is recorded that there will be no visit.",
        to=resolve_url(DIARY, pk),
        form=form,
        caption=str(placement),
        back=("Back to the diary", DIARY, pk),
        lead=lead,
    )


@access(Role.HEADTEACHER, OFFICE)
@require_POST
def visit_expect(request: Request, pk: int) -> HttpResponse:
    """There will be one after all."""
    placement = _placement(request, pk)
    if attempt(request, lambda: visit.expect_visit(placement=placement, by=request.user)):
        messages.success(request, "A visit is expected again.")
    return redirect(DIARY, pk)


def _placement(request: Request, pk: int) -> Placement:
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    if not can_waive_visit(request.user, placement):
        raise PermissionDenied
    return placement
