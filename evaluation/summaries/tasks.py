"""Scheduled work of the summaries: looks for what is due, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.summaries import actions


@shared_task(ignore_result=True)
def send_board_summaries() -> int:
    """N28, R-13.4."""
    return actions.send_board_summaries(today())
