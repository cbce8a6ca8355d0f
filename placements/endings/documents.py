"""The early-end notice: who, when, how many days, which kind of reason; nobody's words (R-15.5)."""

from decimal import Decimal
from typing import Any

from astcoord.core import documents
from astcoord.core.clock import today
from placements.placement.documents import parties
from placements.placement.models import Placement


def end_notice_facts(placement: Placement, *, used: Decimal, by_words: str) -> dict[str, Any]:
    """Of a placement that has just ended early. It goes to governors too, so the reason is a kind of reason."""
    version = placement.contracts.order_by("-number").values_list("number", flat=True).first()
    return {
        **documents.letterhead(),
        **parties(placement),
        "written_on": today(),
        "subject": placement.get_subject_display(),
        "version": version,
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "ended_on": placement.ended_on,
        "by_words": by_words,
        "category": placement.get_ended_category_display(),
        "days": placement.days,
        "used": used,
        "unused": placement.days - used,
    }
