"""Scheduled work of the people supported: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from placements.supported import actions


@shared_task(ignore_result=True)
def remind_supported_staff() -> int:
    """Remind people supported who have not confirmed, five and ten days after their link (R-6.11); how many."""
    return actions.remind(today=today())
