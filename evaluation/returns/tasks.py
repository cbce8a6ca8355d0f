"""Scheduled work of the return visits: looks for what is due, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.returns import actions


@shared_task(ignore_result=True)
def look_after_returns() -> int:
    """N21: visits whose term has begun, whose day has passed, and what is late (R-11.9)."""
    return actions.look_after(on=today())
