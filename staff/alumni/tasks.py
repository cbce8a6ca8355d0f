"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.alumni import actions


@shared_task(ignore_result=True)
def write_to_alumni() -> int:
    """Who has left gets the link to the own entry on the board of former ASTs (R-3.17); how many did."""
    return actions.write_due(today())
