"""Scheduled work of the reviews: looks for what is due, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.reviews import actions


@shared_task(ignore_result=True)
def look_after_reviews() -> int:
    """N18: open what is due to open, and remind of what is overdue."""
    return actions.open_due_reviews(today()) + actions.remind_of_overdue_reviews(today())
