"""What does not agree with its fingerprint: the co-ordinator reads which, and what to do."""

import django_tables2 as columns
from django.db.models import QuerySet

from astcoord.core import records
from astcoord.core.access import access
from astcoord.core.models.records import Mismatch
from astcoord.core.roles import Role
from astcoord.ui.filters import NoFilter
from astcoord.ui.lists import FilteredList
from astcoord.ui.tables import DateColumn, Table


class MismatchTable(Table):
    """One row a thing that was changed past the software."""

    noun = "record"
    empty_text = "Everything that was looked at agrees with its fingerprint."
    caption = "Records that do not agree with their fingerprint"

    what = columns.Column(empty_values=(), verbose_name="What", orderable=False)
    said = columns.Column(verbose_name="What was found", orderable=False)
    found_at = DateColumn(verbose_name="Found")

    class Meta(Table.Meta):
        model = Mismatch
        fields = ("what", "said", "found_at")

    def render_what(self, record: Mismatch) -> str:
        return str(record)


@access(Role.COORDINATOR)
class MismatchList(FilteredList):
    table_class = MismatchTable
    filterset_class = NoFilter
    template_name = "staff/governance/mismatches.html"
    title = "Records that do not agree"
    csv_name = "records-that-do-not-agree"

    def get_queryset(self) -> QuerySet[Mismatch]:
        return records.open_mismatches().select_related("about_type").prefetch_related("about").order_by("-pk")
