"""What this floor holds on a person: diaries, reviews and comments they wrote, and days on which they were worked with.

What an AST wrote about a day may tell of several people: a supported person is given the day and what was done, not
the AST's text.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from astcoord.core import personal, protected
from astcoord.core.personal import BY_NAME, Row, Section, Subject
from evaluation.diary.models import DiaryEntry
from evaluation.personal.forgetting import ENTRY_TEXTS, PROGRESS_TEXTS
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from placements.supported.models import SupportedStaff
from placements.supported.names import of_placement


def register() -> None:
    """Called when the software starts."""
    personal.register(collect)


def collect(subject: Subject) -> Iterator[Section]:
    """As an author, as a reader who commented or accepted, and as somebody supported."""
    if subject.user is not None:
        yield from _written(subject.user)
    people = SupportedStaff.objects.filter(subject.rows_named())
    days = DiaryEntry.objects.submitted().filter(staff__in=people).select_related("day__placement").distinct()
    yield Section("Outreach days on which an AST worked with you", [_worked_with(entry) for entry in days], BY_NAME)


def _written(user: Any) -> Iterator[Section]:
    entries = DiaryEntry.objects.filter(author=user).select_related("day__placement")
    yield Section("Diary entries that you wrote", [_entry(entry) for entry in entries])
    mine = Q(placement__post__user=user) | Q(commented_by=user) | Q(accepted_by=user)
    reviews = ImpactReview.objects.filter(mine).select_related("placement__post", "term")
    yield Section("Impact reviews that you wrote, commented on or accepted", [_review(each, user) for each in reviews])
    progress = ObjectiveProgress.objects.filter(review__placement__post__user=user)
    yield Section(
        "What you wrote about objectives",
        [_progress(each) for each in progress.select_related("objective", "review__placement", "review__term")],
    )


def _entry(entry: DiaryEntry) -> Row:
    texts = {name: getattr(entry, name) for name in ENTRY_TEXTS}
    return {
        "placement": entry.day.placement.reference,
        "on": entry.day.on,
        "status": entry.get_status_display(),
        **protected.cleaned(texts, of_placement(entry.day.placement)),
        "submitted": entry.submitted_at,
    }


def _review(review: ImpactReview, user: Any) -> Row:
    own = review.placement.post.user_id == user.pk
    names = of_placement(review.placement)
    return {
        "placement": review.placement.reference,
        "term": review.term.name,
        "status": review.get_status_display(),
        "what you wrote": protected.cleaned(review.summary, names) if own else "",
        "your comment": protected.cleaned(review.head_comment, names) if review.commented_by_id == user.pk else "",
        "accepted by you": review.accepted_at if review.accepted_by_id == user.pk else None,
    }


def _progress(progress: ObjectiveProgress) -> Row:
    texts = {name: getattr(progress, name) for name in PROGRESS_TEXTS}
    return {
        "placement": progress.review.placement.reference,
        "term": progress.review.term.name,
        "objective": progress.objective.number,
        "progress": progress.get_progress_display(),
        **protected.cleaned(texts, of_placement(progress.review.placement)),
    }


def _worked_with(entry: DiaryEntry) -> Row:
    return {
        "placement": entry.day.placement.reference,
        "on": entry.day.on,
        "what was done": DiaryEntry._meta.get_field("activities").labels(entry),  # type: ignore[union-attr]
    }
