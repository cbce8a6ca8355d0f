"""Scheduled work of matching: primitives in, one function called, safe to repeat (R-16.4)."""

import logging

from celery import shared_task

from astcoord.core.clock import today
from placements.matching import actions

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def expire_matches() -> int:
    """Let proposals lapse that were not answered in time, daily (requirements E); how many did."""
    lapsed = actions.expire_lapsed(today())
    if lapsed:
        logger.info("%d matches lapsed without an answer", lapsed)
    return lapsed
