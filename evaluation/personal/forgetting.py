"""Supported staff in diaries and reviews: kept out of their history, and taken out when their time is over."""

from collections.abc import Sequence

from astcoord.core import protected
from evaluation.diary.models import DiaryEntry
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from placements.personal import forgetting
from placements.supported.names import of_placement

ENTRY_TEXTS = ("priorities", "next_steps", "evidence", "talk_note")
REVIEW_TEXTS = ("summary", "head_comment", "return_reason")
PROGRESS_TEXTS = ("evidence", "next_steps")


def forget(placements: Sequence[int], names: Sequence[str]) -> None:
    """Take the names out of everything written here about these placements, and out of the frozen reviews."""
    forgetting.clean(DiaryEntry.objects.filter(day__placement__in=placements), ENTRY_TEXTS, names)
    reviews = ImpactReview.objects.filter(placement__in=placements)
    forgetting.clean(reviews, REVIEW_TEXTS, names)
    forgetting.clean(ObjectiveProgress.objects.filter(review__in=reviews), PROGRESS_TEXTS, names)
    forgetting.clean_documents(list(reviews), names)


def register() -> None:
    """Called when the software starts."""
    protected.register(DiaryEntry, lambda entry: of_placement(entry.day.placement))
    protected.register(ImpactReview, lambda review: of_placement(review.placement))
    if forget not in forgetting.on_forget:
        forgetting.on_forget.append(forget)
