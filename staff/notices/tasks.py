"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.notices import actions


@shared_task(ignore_result=True)
def post_notices() -> int:
    """Notices whose first day has come go by e-mail, where that was ticked (R-3.20); how many are shown so."""
    return actions.post_due(today())
