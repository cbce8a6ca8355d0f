"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.questionnaires import actions


@shared_task(ignore_result=True)
def look_after_questionnaires() -> int:
    """Those that are over are closed, and who has not answered is reminded once (R-3.10); how many."""
    return actions.look_after(today())
