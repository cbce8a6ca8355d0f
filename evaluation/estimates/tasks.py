"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.estimates import actions


@shared_task(ignore_result=True)
def lapse_offers() -> int:
    """Offers of help that nobody answered in time (R-11.12); how many."""
    return actions.lapse_due(today())
