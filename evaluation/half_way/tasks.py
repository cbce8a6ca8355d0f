"""Scheduled work of the half-way reviews: looks for what is due, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.half_way import actions


@shared_task(ignore_result=True)
def look_after_half_way_reviews() -> int:
    """N29: ask where half has gone, and remind of what is overdue."""
    return actions.open_due(today()) + actions.remind(today())
