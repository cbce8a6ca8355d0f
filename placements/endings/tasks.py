"""Scheduled work of the end: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from placements.endings.actions import nightly


@shared_task(ignore_result=True)
def open_final_evaluations() -> int:
    """Open the final evaluation of placements in their last fortnight (N19); how many."""
    return nightly.open_windows(today())


@shared_task(ignore_result=True)
def remind_of_endings() -> int:
    """Remind whoever's turn it is of placements past their last day; how many messages are new."""
    return nightly.remind(today())


@shared_task(ignore_result=True)
def close_placements() -> int:
    """Close placements of which nothing more can come; how many."""
    return nightly.close_over(today())
