"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from placements.variations import actions


@shared_task(ignore_result=True)
def look_after_variations() -> int:
    """Shares of time whose last day has passed expire (R-4.7); how many did."""
    return actions.look_after(today())
