"""Scheduled work of the diary: looks for what is due, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.diary import actions


@shared_task(ignore_result=True)
def remind_of_missing_entries() -> int:
    """N14."""
    return actions.remind_of_missing_entries(today())


@shared_task(ignore_result=True)
def lock_diary() -> int:
    """R-10.8."""
    return actions.lock_entries(today())
