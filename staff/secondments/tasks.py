"""Scheduled work: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from astcoord.core import policy
from astcoord.core.clock import today
from staff.secondments.actions import ending


@shared_task(ignore_result=True)
def look_after_secondments() -> int:
    """Rounds that close soon, secondments that end soon or are over (R-2.13, R-2.17); how many in all."""
    on = today()
    if not policy.in_force(on).secondments:
        return 0
    return ending.remind_of_closing(on) + ending.ask_for_endings(on) + ending.carry_out(on)
