"""Scheduled work of this floor. Each looks for what is due and is safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.actions import diary, reminders, summaries


@shared_task(ignore_result=True)
def remind_of_missing_entries() -> int:
    """N14."""
    return reminders.remind_of_missing_entries(today())


@shared_task(ignore_result=True)
def look_after_reviews() -> int:
    """N18: open what is due to open, and remind of what is overdue."""
    return reminders.open_due_reviews(today()) + reminders.remind_of_overdue_reviews(today())


@shared_task(ignore_result=True)
def lock_diary() -> int:
    """R-10.8."""
    return diary.lock_entries(today())


@shared_task(ignore_result=True)
def send_board_summaries() -> int:
    """N28, R-13.4."""
    return summaries.send_board_summaries(today())
