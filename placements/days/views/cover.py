"""When an AST is away: for the head of the AST's own school, who sees to cover (R-18.4)."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.lists import FilteredList
from placements.days import documents
from placements.days.filters import CoverFilter
from placements.days.models import OutreachDay
from placements.days.tables import CoverTable
from staff.accounts.models import User


@access(Role.HEADTEACHER, OFFICE)
class CoverDates(FilteredList):
    """Days to come on which cover is needed; as a file too."""

    table_class = CoverTable
    filterset_class = CoverFilter
    template_name = "placements/days/cover.html"
    title = "Days to cover"
    csv_name = "days-to-cover"
    few = 8

    def get_queryset(self) -> QuerySet[OutreachDay]:
        return _to_cover(self.request.user)


@access(Role.HEADTEACHER, OFFICE)
@require_safe
def cover_dates_pdf(request: Request) -> HttpResponse:
    """The same to print."""
    return documents.cover_dates(_to_cover(request.user).order_by("on", "pk"))


def _to_cover(user: User) -> QuerySet[OutreachDay]:
    days = OutreachDay.objects.to_cover(user, today())
    return days.select_related("placement__post__user", "placement__host")
