"""A school's results by year, and before and after a placement; each as a page and as a file (R-11.10, R-11.11)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui.export import csv_response
from evaluation.results import permissions
from evaluation.results.reads import series
from evaluation.results.reads.comparison import Comparison, comparison_of
from evaluation.results.views.figures import READERS
from placements.placement.models import Placement
from schools.register.models import School


@access(READERS)
@require_safe
def school_results(request: Request, urn: int) -> HttpResponseBase:
    """Every measure of one school, year by year."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    found = series.series_of(school, request.user)
    if request.GET.get("export") == "csv":
        rows = [(one.title, each.year, each.said, each.pupils, each.source) for one in found for each in one.years]
        head = ("Measure", "Year", "Figure", "Number of pupils", "Source")
        return csv_response(f"results-{school.name}", head, rows, by=request.user)
    may_add = permissions.can_enter(request.user, school)
    context = {"school": school, "series": found, "drawn": series.drawn(found), "may_add": may_add}
    return render(request, "evaluation/results/school.html", context)


@access(AUTHORITY, Role.HEADTEACHER, Role.AST)
@require_safe
def placement_results(request: Request, pk: int) -> HttpResponseBase:
    """Before and after at the host school, beside what was not supported."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    if not permissions.reads_results(request.user, placement):
        raise PermissionDenied
    found = comparison_of(placement, request.user, today())
    if request.GET.get("export") == "csv":
        return _as_file(request, placement, found)
    context = {"placement": placement, "comparison": found}
    return render(request, "evaluation/results/placement.html", context)


def _as_file(request: Request, placement: Placement, found: Comparison) -> HttpResponseBase:
    """As the page shows it, and the sentence on contribution with it (R-11.11)."""
    head = ("Measure", "Supported", *_years(found), "Change", "Number of pupils", "How sure", "Others", "England")
    rows: list[tuple[str, ...]] = [
        (
            *(line.label, "Yes" if line.supported else "No", line.before, line.after, line.change_shown),
            *(line.pupils, line.doubt, line.others, line.nation),
        )
        for line in found.lines
    ]
    rows.append((found.contribution, *[""] * (len(head) - 1)))
    return csv_response(f"results-{placement.reference}", head, rows, by=request.user)


def _years(found: Comparison) -> tuple[str, str]:
    before, after = (str(year) if year else "not entered" for year in (found.before, found.after))
    return f"Before: {before}", f"After: {after}"
