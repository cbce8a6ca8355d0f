"""From an objective down to what shows it: baseline, days, diary entries, files and forms."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.roles import AUTHORITY, Role
from evaluation.chain.reads import chain_of
from placements.placement.models import Placement
from placements.placement.views import find


@access(Role.AST, Role.HEADTEACHER, AUTHORITY)
@require_safe
def objective_evidence(request: Request, pk: int, number: int) -> HttpResponse:
    """One objective of a placement and its evidence; officers read sums, and not this (section G)."""
    placement: Placement = find(request, pk)
    objective = get_object_or_404(placement.objectives, number=number)
    context = {"placement": placement, "chain": chain_of(placement, objective, request.user)}
    return render(request, "evaluation/chain/objective_evidence.html", context)
