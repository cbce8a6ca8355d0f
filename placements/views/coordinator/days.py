"""Every outreach day, for the office."""

from django.db.models import QuerySet

from astcoord.core.access import access
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.lists import FilteredList
from placements.filters.days import DayFilter
from placements.models import OutreachDay
from placements.tables.days import DayTable


@access(OFFICE, Role.OFFICER)
class DayList(FilteredList):
    """Planned, delivered, cancelled by whom, and not written up; as a file too (R-10.9, R-14.7)."""

    table_class = DayTable
    filterset_class = DayFilter
    title = "Outreach days"
    csv_name = "outreach-days"

    def get_queryset(self) -> QuerySet[OutreachDay]:
        return OutreachDay.objects.select_related("placement__post__user", "placement__host")
