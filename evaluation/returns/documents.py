"""The return-visit report on paper, a section for each objective (R-15.10)."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.documents import as_download
from astcoord.core.models.documents import Document
from astcoord.core.words import say
from evaluation.returns import reads
from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.models import ReturnVisit
from evaluation.reviews.wording import CONTRIBUTION, NO_STANDARDS
from placements.placement.permissions import can_see_names
from placements.supported.redaction import redactor
from staff.accounts.models import User

KIND = "return-report"


def title_of(visit: ReturnVisit) -> str:
    """What the file is called."""
    return f"Return visit, {visit.placement.host.name}, {visit.placement.reference}"


def facts_of(visit: ReturnVisit, user: User | None = None) -> dict[str, Any]:
    """Everything that the paper says; without names for a `user` who may not know them."""
    redact = redactor(user, visit.placement) if user else str
    placement = visit.placement
    return {
        **documents.letterhead(),
        "about": [
            [say("Placement"), placement.reference],
            [say("Advanced Skills Teacher"), f"{placement.post.user.name}, {placement.home.name}"],
            ["Host school", placement.host.name],
            ["Subject", placement.get_subject_display()],
            ["Day of the visit", visit.visit_on],
            ["State", visit.get_status_display()],
        ],
        "sections": [
            {
                "number": each.number,
                "objective": each.objective,
                "criterion": each.criterion,
                "remains": each.remains,
                "evidence": each.evidence,
            }
            for each in reads.found(visit, redact)
        ],
        "lasting": redact(visit.lasting),
        "figures": redact(visit.figures),
        "standards": redact(visit.standards) or NO_STANDARDS,
        "closed_by": visit.closed_by.name if visit.closed_by else "",
        "closed_at": visit.closed_at,
        "contribution": CONTRIBUTION,
    }


def freeze(visit: ReturnVisit, *, by: User) -> Document:
    """The accepted report, as it will read for ever."""
    return documents.freeze(KIND, title=title_of(visit), facts=facts_of(visit), about=visit, by=by)


def download(visit: ReturnVisit, user: User) -> HttpResponse:
    """The frozen paper of a closed visit; otherwise, or without names, as it stands now."""
    frozen = Document.objects.about(visit).filter(kind=KIND).order_by("-pk").first()
    if visit.status == ReturnStatus.CLOSED and frozen is not None and can_see_names(user, visit.placement):
        return documents.download(frozen)
    printed = documents.preview(KIND, title=title_of(visit), facts=facts_of(visit, user), on=timezone.now())
    return as_download(printed, title_of(visit))
