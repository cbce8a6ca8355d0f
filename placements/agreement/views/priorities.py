"""Which of the authority’s priorities a placement serves (R-14.1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE
from astcoord.ui.submit import sent, submit
from placements.agreement import permissions
from placements.agreement.actions import priorities
from placements.agreement.views.contracts import warning_of
from placements.placement.views import find, placement_form
from placements.priorities.forms import PlacementPrioritiesForm


@access(OFFICE)
def of_placement(request: Request, pk: int) -> HttpResponse:
    """Which of them a placement serves, or why none."""
    placement = find(request, pk)
    if request.method != "POST" and not permissions.can_link(request.user, placement):
        return redirect(placement)
    form = PlacementPrioritiesForm(sent(request), placement=placement)
    if submit(
        form,
        lambda _: priorities.link(placement=placement, by=request.user, chosen=form.chosen, reason=form.reason),
    ):
        messages.success(request, "The priorities are saved.")
        return redirect(placement)
    return placement_form(request, placement, form, "Priorities it serves", warning=warning_of(placement))
