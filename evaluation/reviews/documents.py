"""The impact review on paper (R-15.10)."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.documents import as_download
from astcoord.core.models.documents import Document
from astcoord.core.words import say
from evaluation.reviews.lifecycle import ReviewStatus
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.reads import sections_of
from evaluation.reviews.wording import CONTRIBUTION, NO_STANDARDS
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject

KIND = "impact-review"


def title_of(review: ImpactReview) -> str:
    """What the file is called."""
    return f"Impact review, {review.term.name}, {review.placement.host.name}"


def facts_of(review: ImpactReview) -> dict[str, Any]:
    """Everything that the paper says: one section for each agreed objective."""
    sections, _ = sections_of(review)
    placement = review.placement
    return {
        **documents.letterhead(),
        "about": [
            [say("Placement"), placement.reference],
            [say("Advanced Skills Teacher"), f"{placement.post.user.name}, {placement.home.name}"],
            ["Host school", placement.host.name],
            ["Subject", Subject(placement.subject).label],
            ["Term", review.term.name],
            ["State", review.get_status_display()],
        ],
        "sections": [
            {
                "number": section.objective.number,
                "objective": section.objective.text,
                "baseline": section.objective.baseline,
                "criterion": section.objective.criterion,
                "progress": section.progress_words,
                "meaning": section.meaning,
                "evidence": section.answer.evidence if section.answer else "",
                "next_steps": section.answer.next_steps if section.answer else "",
            }
            for section in sections
        ],
        "summary": review.summary,
        "standards": review.standards or NO_STANDARDS,
        "comment": review.head_comment,
        "comment_by": review.commented_by.name if review.commented_by else "",
        "accepted_by": review.accepted_by.name if review.accepted_by else "",
        "accepted_at": review.accepted_at,
        "contribution": CONTRIBUTION,
    }


def freeze(review: ImpactReview, *, by: User) -> Document:
    """The accepted review, as it will read for ever."""
    return documents.freeze(KIND, title=title_of(review), facts=facts_of(review), about=review, by=by)


def download(review: ImpactReview) -> HttpResponse:
    """The frozen paper of an accepted review; otherwise the review as it stands now."""
    frozen = Document.objects.about(review).filter(kind=KIND).first()
    if review.status == ReviewStatus.ACCEPTED and frozen is not None:
        return documents.download(frozen)
    printed = documents.preview(KIND, title=title_of(review), facts=facts_of(review), on=timezone.now())
    return as_download(printed, title_of(review))
