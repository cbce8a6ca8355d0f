"""The audit trail, for the co-ordinator alone (section G, R-16.3)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase

from astcoord.core import audit
from astcoord.core.access import Request, access
from astcoord.core.models.history import AuditEvent
from astcoord.core.roles import Role
from astcoord.ui.lists import FilteredList
from staff.governance.filters import AuditFilter
from staff.governance.tables import AuditTable


@access(Role.COORDINATOR)
class AuditList(FilteredList):
    """Who did what, when, why and from where. Reading it is itself recorded, once a day and person."""

    table_class = AuditTable
    filterset_class = AuditFilter
    template_name = "staff/governance/audit.html"
    title = "Audit trail"
    csv_name = "audit-trail"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        audit.viewed(None, by=request.user, what="audit trail")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.select_related("by", "done_for", "about_type").order_by("-pk")
