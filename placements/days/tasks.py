"""Scheduled work of the ledger: primitives in, one function called, safe to repeat (R-16.4)."""

import logging

from celery import shared_task

from astcoord.core.clock import today
from placements.days import budgets
from placements.days.actions import visit

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def open_budgets() -> int:
    """Give every AST in post the year's days when a year begins (R-4.1), and spread contracts over the summer.

    How many budgets were opened.
    """
    opened = budgets.open_all(today())
    if spread := budgets.spread_all():
        logger.info("%d contracts spread over two school years", spread)
    if opened:
        logger.info("%d yearly budgets opened", opened)
    return opened


@shared_task(ignore_result=True)
def remind_of_visits() -> int:
    """N19: where a third of the days has come without a visit to the AST's school (R-10.2)."""
    return visit.remind_of_visits(today())
