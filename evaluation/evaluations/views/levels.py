"""Evaluation by level for the authority: the page is a sheet of tables, which is also its file and its paper."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY
from evaluation.evaluations.forms import LevelsForm
from evaluation.evaluations.reads import levels as reads
from schools.calendar.models import AcademicYear
from staff.figures.views import answer


@access(AUTHORITY)
@require_safe
def levels(request: Request) -> HttpResponseBase:
    """R-11.6: of how many forms there is evidence of each level; as a table's file, or on paper, where asked for."""
    years = AcademicYear.objects.filter(starts_on__lte=today()).order_by("-starts_on")
    form = LevelsForm(request.GET, years=list(years))
    sheet = reads.sheet(request.user, form.chosen)
    return answer(request, sheet, form, pages=(), template="evaluation/evaluations/levels.html")
