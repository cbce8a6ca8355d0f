"""What this floor holds on a person: diaries, reviews and comments they wrote, and days on which they were worked with.

What an AST wrote about a day may tell of several people: a supported person is given the day and what was done, not
the AST's text.
"""

from collections.abc import Iterable
from typing import Any

from astcoord.core.subject_access import BY_NAME, Mine, Shown, Subject, by_account, by_name
from evaluation.diary.models import DiaryEntry
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from placements.supported.models import SupportedStaff


def _worked_with(subject: Subject) -> Iterable[Any]:
    return DiaryEntry.objects.submitted().filter(staff__in=by_name(SupportedStaff)(subject)).distinct()


def _activities(entry: DiaryEntry, _: Subject) -> list[str]:
    return DiaryEntry._meta.get_field("activities").labels(entry)  # type: ignore[union-attr,no-any-return]


SECTIONS = (
    Shown(
        "Diary entries that you wrote",
        by_account(DiaryEntry, "author"),
        "placement: day.placement.reference; on: day.on; status: get_status_display; priorities; next_steps; evidence; "
        "talk_note; submitted: submitted_at",
    ),
    Shown(
        "Impact reviews that you wrote, commented on or accepted",
        by_account(ImpactReview, "placement__post__user", "commented_by", "accepted_by"),
        "placement: placement.reference; term: term.name; status: get_status_display; what you wrote; your comment; "
        "accepted by you",
        {
            "what you wrote": Mine("placement.post.user", "summary"),
            "your comment": Mine("commented_by", "head_comment"),
            "accepted by you": Mine("accepted_by", "accepted_at"),
        },
    ),
    Shown(
        "What you wrote about objectives",
        by_account(ObjectiveProgress, "review__placement__post__user"),
        "placement: review.placement.reference; term: review.term.name; objective: objective.number; "
        "progress: get_progress_display; evidence; next_steps",
    ),
    Shown(
        "Outreach days on which an AST worked with you",
        _worked_with,
        "placement: day.placement.reference; on: day.on; what was done",
        {"what was done": _activities},
        note=BY_NAME,
    ),
)
