"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.posts.actions import leaving, moving


@shared_task(ignore_result=True)
def look_after_posts() -> int:
    """ASTs whose last day has passed have left (R-3.16), those whose day has come have moved; how many in all."""
    return leaving.leave_due(today()) + moving.move_due(today())
