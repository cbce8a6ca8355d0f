"""Scheduled work of the main road: each task takes primitives, calls one function and may run twice without harm."""

import logging

from celery import shared_task

from astcoord.core.clock import today
from placements import budgets, plan_bell
from placements.actions import letters, matches, plan_explain, plan_work, reminders, supported
from placements.models.plans import LONGEST

logger = logging.getLogger(__name__)

RING_EXPIRES = 15


@shared_task(ignore_result=True)
def expire_matches() -> int:
    """Let proposals lapse that were not answered in time, daily (requirements E); how many did."""
    lapsed = matches.expire_lapsed(today())
    if lapsed:
        logger.info("%d matches lapsed without an answer", lapsed)
    return lapsed


@shared_task(ignore_result=True)
def build_letters() -> int:
    """Build the letters of a term that has just opened, and approve them where the policy says so (R-5.1); how many."""
    built = letters.build_due(today())
    if built:
        logger.info("%d letter rounds built", len(built))
    return len(built)


@shared_task(ignore_result=True)
def finish_letter_rounds() -> int:
    """Close the letter rounds of which nothing is left to send (R-5.3); how many."""
    return letters.finish_rounds()


@shared_task(ignore_result=True)
def open_budgets() -> int:
    """Give every AST in post the year's days when a year begins (R-4.1); how many were opened."""
    opened = budgets.open_all(today())
    if opened:
        logger.info("%d yearly budgets opened", opened)
    return opened


@shared_task(ignore_result=True)
def activate_placements() -> int:
    """Start signed placements of which nothing is missing any more (R-8.13); how many."""
    return reminders.start_ready()


@shared_task(ignore_result=True)
def remind_of_papers() -> int:
    """Remind host heads of papers ten and three days before the first day (R-9.2); how many messages are new."""
    return reminders.remind_of_papers(today())


@shared_task(ignore_result=True, soft_time_limit=LONGEST + 120, time_limit=LONGEST + 180)
def make_plan(pk: int) -> bool:
    """Make one queued deployment plan, and have it explained; whether there is a result."""
    made = plan_work.work(pk)
    if made:
        explain_plan.apply_async((pk,), retry=False)
    return made


@shared_task(ignore_result=True)
def explain_plan(pk: int) -> bool:
    """Explain a finished plan for some seconds, and ring again while there is more to say."""
    more = plan_explain.explain_some(pk)
    if more:
        explain_plan.apply_async((pk,), retry=False)
    return more


@shared_task(ignore_result=True)
def look_after_plans() -> int:
    """Every few seconds: plans whose worker died begin again, and what waits is rung for; how many."""
    waiting, unexplained = plan_work.look_after(), plan_explain.unexplained()
    for pk in waiting:
        make_plan.apply_async((pk,), retry=False, expires=RING_EXPIRES)
    for pk in unexplained:
        explain_plan.apply_async((pk,), retry=False, expires=RING_EXPIRES)
    return len(waiting) + len(unexplained)


@plan_bell.on_queued
def ring_for_plan(pk: int) -> None:
    """Somebody watches the page: do not wait for the sweep."""
    make_plan.apply_async((pk,), retry=False)


@shared_task(ignore_result=True)
def remind_supported_staff() -> int:
    """Remind people supported who have not confirmed, five and ten days after their link (R-6.11); how many."""
    return supported.remind(today=today())
