"""Scheduled work on accounts: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core.clock import today
from staff.accounts.actions import heads


@shared_task(ignore_result=True)
def begin_headships() -> int:
    """Heads who follow another and begin today: letters name them, and they are told what waits (R-17.7)."""
    return heads.begin_headships(today())
