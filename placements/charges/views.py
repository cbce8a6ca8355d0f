"""The statement of charges: on the page, on paper, and as files for the finance office (R-19.3)."""

from django.http.response import HttpResponseBase

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.wording import pounds
from placements.charges import reads
from placements.charges.forms import ChargesForm
from placements.charges.permissions import READERS
from staff.figures.views import answer


@access(*READERS)
def charges(request: Request) -> HttpResponseBase:
    """What the days of a period come to, all schools or one; in a file the amounts are plain numbers."""
    form = ChargesForm(request.GET, today=today())
    period = form.period_chosen
    lines = reads.lines_of(request.user, period) if period else []
    schools = reads.schools_in(lines)
    form.offer(schools)
    school = form.school_chosen
    lines = [line for line in lines if school in (None, line.placement.host_id, line.placement.home_id)]
    chosen = [("Period", period.name)] if period else []
    chosen += [("School", each.name) for each in schools if each.pk == school]
    money = pounds if request.GET.get("export", "") in ("", "pdf") else reads.plain
    sheet = reads.sheet(request.user, period, lines, tuple(chosen), money)
    return answer(request, sheet, form, pages=(), template="placements/charges/sheet.html")
