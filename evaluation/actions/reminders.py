"""What is asked for again: days not written up, reviews past their day (N14, N18). Repeat-safe by message keys."""

from datetime import date, timedelta

from astcoord.core.models import Message
from evaluation.actions.reviews import open_reviews
from evaluation.messages import diary as diary_messages
from evaluation.messages import reviews as review_messages
from evaluation.models import ImpactReview
from evaluation.rules.reviews import opens_on
from placements.models import OutreachDay
from schools.models import Term

AFTER = timedelta(days=7)
CATCH_UP = timedelta(days=14)


def remind_of_missing_entries(today: date) -> int:
    """Ask each AST once for each planned day that passed a week ago without an entry; how many are new."""
    late = OutreachDay.objects.not_logged(today - AFTER).select_related("placement__post__user", "placement__host")
    asked = set(Message.objects.filter(kind="diary-missing").values_list("key", flat=True))
    new = [day for day in late if diary_messages.missing_key(day) not in asked]
    for day in new:
        diary_messages.missing(day)
    return len(new)


def remind_of_overdue_reviews(today: date) -> int:
    """Tell each AST once that a review is overdue; how many are new."""
    before = Message.objects.filter(kind="review-overdue").count()
    for review in ImpactReview.objects.overdue(today).with_people():
        review_messages.overdue(review)
    return Message.objects.filter(kind="review-overdue").count() - before


def open_due_reviews(today: date) -> int:
    """Open the reviews of a term whose last three weeks have begun, or which ended within a fortnight."""
    term = Term.objects.filter(starts_on__lte=today, ends_on__gte=today - CATCH_UP).order_by("-starts_on").first()
    if term is None or today < opens_on(term.ends_on):
        return 0
    return len(open_reviews(term=term, today=today))
