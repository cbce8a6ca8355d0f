"""A request as a paper: every answer, for those who read it (R-15.9)."""

from typing import Any

from astcoord.core import documents
from placements.requests.models import OutreachRequest
from placements.requests.reads import rows_of

FORM = "request-form"


def form_facts(asked: OutreachRequest, *, named: bool, why: bool = True) -> dict[str, Any]:
    """All answers in the order of the pages. People only for those who may read of them; never what was declared."""
    return {
        **documents.letterhead(),
        "reference": asked.reference,
        "school": asked.host.name,
        "status": asked.get_status_display(),
        "sent": asked.submitted_at,
        "answers": [[row.label, _words(row.value)] for row in rows_of(asked, why=why)],
        "named": [[p.name, p.get_kind_display(), p.get_selection_display()] for p in asked.staff.all()]
        if named
        else [],
        "count": asked.staff.count(),
    }


def _words(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
