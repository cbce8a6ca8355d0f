"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.pay.actions import terms


@shared_task(ignore_result=True)
def remind_of_funding() -> int:
    """N27: fixed terms that end within 90 days and wait for a decision; how many."""
    return terms.remind(today())
