"""Which of the authority’s priorities a placement serves (R-14.1)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from astcoord.core.access import access
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import OFFICE
from placements.agreement import permissions
from placements.agreement.actions import priorities
from placements.placement.lifecycle import PLACEMENT_REISSUABLE
from placements.placement.views import find
from placements.priorities.forms import PlacementPrioritiesForm


@access(OFFICE)
def of_placement(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of them a placement serves, or why none."""
    placement = find(request, pk)
    if request.method != "POST" and not permissions.can_link(request.user, placement):
        return redirect(placement)
    form = PlacementPrioritiesForm(request.POST if request.method == "POST" else None, placement=placement)
    if form.is_bound and form.is_valid():
        try:
            priorities.link(placement=placement, by=request.user, chosen=form.chosen, reason=form.reason)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, "The priorities are saved.")
            return redirect(placement)
    context = {
        "placement": placement,
        "form": form,
        "title": "Priorities it serves",
        "contract_is_out": placement.status in PLACEMENT_REISSUABLE,
    }
    return render(request, "placements/agreement/form.html", context)
