"""Scheduled work of the ledger: primitives in, one function called, safe to repeat (R-16.4)."""

import logging

from celery import shared_task

from astcoord.core.clock import today
from placements.days import budgets

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def open_budgets() -> int:
    """Give every AST in post the year's days when a year begins (R-4.1); how many were opened."""
    opened = budgets.open_all(today())
    if opened:
        logger.info("%d yearly budgets opened", opened)
    return opened
