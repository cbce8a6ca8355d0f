"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.networks import actions


@shared_task(ignore_result=True)
def look_for_network_meetings() -> int:
    """N25: a term, or half-term, without a network meeting so far is told of once (R-3.13)."""
    return actions.alert(today())
