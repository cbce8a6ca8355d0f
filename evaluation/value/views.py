"""Value for money: the report, and what a placement has cost (R-11.13)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.shown import shown_to
from astcoord.core.words import say
from astcoord.ui.submit import attempt, form_page, sent, submit
from evaluation.value import actions, permissions
from evaluation.value.forms import CostForm, ValueForm
from evaluation.value.lifecycle import BEGUN
from evaluation.value.models import PlacementCost
from evaluation.value.reads import report
from placements.days.reads.given import has_happened
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear
from staff.figures.reads.sheets import Sheet
from staff.figures.views import answer


@access(permissions.READERS)
def value(request: Request) -> HttpResponseBase:
    """Placement by placement, or sums by subject; with `?export=csv` or `pdf` the same as a file or on paper."""
    now = today()
    years = list(AcademicYear.objects.filter(starts_on__lte=now).order_by("-starts_on"))
    user = request.user
    form = ValueForm(request.GET, years=years, schools=report.schools_of(user), sums=report.reads_sums(user))
    chosen = form.chosen
    listed = 0 if request.GET.get("export") else report.SHOWN
    sheet = report.sheet(user, chosen, listed=listed) if chosen else Sheet("value-for-money", report.TITLE, ())
    return answer(request, sheet, form, pages=(), template="evaluation/value/value.html")


@access(permissions.KEEPERS)
def placement_cost(request: Request, pk: int) -> HttpResponse:
    """Enter or correct what a placement has cost."""
    placement = _kept(request, pk)
    row = PlacementCost.objects.filter(placement=placement).first()
    form = CostForm(sent(request), row=shown_to(request.user, row) if row else None)
    if submit(form, lambda data: actions.enter(placement=placement, by=request.user, **data)):
        messages.success(request, "The cost is saved.")
        return redirect(placement)
    return form_page(
        request,
        form,
        title="Value for money",
        caption=f"{placement.reference}, {placement.host.name}",
        back=(say("Back to the placement"), placement),
        lead=say(
            "Only the co-ordinator’s office and the headteacher of the AST’s own school read it. Governors of that "
            "school and officers read sums of three placements or more."
        ),
        template="evaluation/value/cost.html",
        row=row,
        worth=report.side_by_side(placement, request.user),
    )


@access(permissions.KEEPERS)
@require_POST
def placement_cost_remove(request: Request, pk: int) -> HttpResponse:
    """It was entered by mistake."""
    placement = _kept(request, pk)
    if attempt(request, lambda: actions.take_away(placement=placement, by=request.user)):
        messages.success(request, "The cost is taken away. It reads “Not entered” again.")
    return redirect(placement)


def _kept(request: Request, pk: int) -> Placement:
    """A placement that has begun and came to something, of which this person knows the cost; else not found."""
    found: Placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    if found.status not in BEGUN or not permissions.keeps_cost(request.user, found) or not has_happened(found):
        raise Http404
    return found
