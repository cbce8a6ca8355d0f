"""Scheduled work of the agreement: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from placements.agreement.actions import reminders


@shared_task(ignore_result=True)
def activate_placements() -> int:
    """Start signed placements of which nothing is missing any more (R-8.13); how many."""
    return reminders.start_ready()


@shared_task(ignore_result=True)
def remind_of_papers() -> int:
    """Remind host heads of papers ten and three days before the first day (R-9.2); how many messages are new."""
    return reminders.remind_of_papers(today())
