"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.training import actions


@shared_task(ignore_result=True)
def ask_for_training_statements() -> int:
    """Schools whose statement on training has not come by the end of the autumn term (R-1.8); how many."""
    return actions.ask_schools(today())
