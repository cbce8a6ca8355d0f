"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from placements.balances.actions import tell_of_alerts


@shared_task(ignore_result=True)
def send_time_alerts() -> int:
    """Slow starts, shortfalls, years and caps that are passed (N15), each told once a term; how many are new."""
    return tell_of_alerts(today())
