"""A placement’s diary with the ways on to its reviews and its summary."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from evaluation.diary import reads
from evaluation.diary.permissions import can_write_diary
from evaluation.evidence.permissions import reads_evidence
from evaluation.reviews.permissions import can_open_review
from evaluation.reviews.reads import openable
from evaluation.summaries.reads.placements import has_summary
from placements.days.permissions import can_waive_visit
from placements.days.reads.visit import visit_of
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from placements.placement.permissions import is_host_head, reads_whole
from placements.placement.reads import way_to_host
from placements.supported.redaction import redactor


@access(Role.AST, Role.HEADTEACHER, AUTHORITY)
def placement_diary(request: Request, pk: int) -> HttpResponse:
    """One placement's days, as deep as this reader may look."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    visit, whole = visit_of(placement, today()), reads_whole(request.user, placement)
    context = {
        "placement": placement,
        "diary": reads.of_placement(placement, request.user, today()),
        "visit": visit if whole else None,
        "host": way_to_host(placement, request.user, today()),
        "no_visit_because": redactor(request.user, placement)(visit.waived) if whole else "",
        "can_waive": can_waive_visit(request.user, placement) and placement.status in PLACEMENT_UNDER_WAY,
        "can_plan": can_write_diary(request.user, placement) and placement.status in PLACEMENT_UNDER_WAY,
        "can_cancel": is_host_head(request.user, placement) and placement.status in PLACEMENT_UNDER_WAY,
        "can_open_review": can_open_review(request.user, placement) and openable(placement, today()),
        "reads_evidence": reads_evidence(request.user, placement),
        "reads_summary": request.user.has_role(Role.HEADTEACHER, *AUTHORITY) and has_summary(placement),
    }
    return render(request, "evaluation/overview/placement_diary.html", context)
