"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from placements.activities.actions import inreach


@shared_task(ignore_result=True)
def finish_inreach() -> int:
    """Agreements on inreach whose last day has passed are over; how many."""
    return inreach.finish_inreach(today())
