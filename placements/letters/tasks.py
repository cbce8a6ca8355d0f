"""Scheduled work of letters: primitives in, one function called, safe to repeat (R-16.4)."""

import logging

from celery import shared_task

from astcoord.core.clock import today
from placements.letters import actions

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def build_letters() -> int:
    """Build the letters of a term that has just opened, and approve them where the policy says so (R-5.1); how many."""
    built = actions.build_due(today())
    if built:
        logger.info("%d letter rounds built", built)
    return built


@shared_task(ignore_result=True)
def finish_letter_rounds() -> int:
    """Close the letter rounds of which nothing is left to send (R-5.3); how many."""
    return actions.finish_rounds()
