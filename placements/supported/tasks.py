"""Scheduled work of the people supported: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from placements.supported import actions


@shared_task(ignore_result=True)
def remind_supported_staff() -> int:
    """Ask for a yes to objectives that have changed (R-8.11), and remind those who have not confirmed or said yes five
    and ten days after they were asked (R-6.11); how many."""
    return actions.ask_everybody() + actions.remind(today=today())
