"""Scheduled work of the evaluations: looks for what is due, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from evaluation.evaluations.actions import asking, deciding


@shared_task(ignore_result=True)
def look_after_evaluations() -> int:
    """N17: ask at the half-term's end, let go of who has withdrawn, remind of what is overdue (R-11.1, R-11.16)."""
    now = today()
    let_go = deciding.let_go(on=now)
    return asking.ask_interim(on=now) + asking.announce(on=now) + let_go + deciding.remind(on=now)
