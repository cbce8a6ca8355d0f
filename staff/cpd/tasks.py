"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.cpd.actions import log


@shared_task(ignore_result=True)
def remind_of_cpd_visits() -> int:
    """R-3.9: visits of 14 days ago without an evaluation; how many ASTs’ reminders went out."""
    return log.remind(today())
