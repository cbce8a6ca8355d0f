"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.posts.actions import leaving


@shared_task(ignore_result=True)
def look_after_posts() -> int:
    """ASTs whose last day has passed have left (R-3.16); how many did."""
    return leaving.leave_due(today())
