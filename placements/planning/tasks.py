"""Scheduled work of deployment plans: primitives in, one function called, safe to repeat (R-16.4)."""

from celery import shared_task

from placements.planning.actions import explain, plans, work
from placements.planning.models import LONGEST

NOTIFICATION_EXPIRES = 15


@shared_task(ignore_result=True, soft_time_limit=LONGEST + 120, time_limit=LONGEST + 180)
def make_plan(pk: int) -> bool:
    """Make one queued deployment plan, and have it explained; whether there is a result."""
    made = work.work(pk)
    if made:
        explain_plan.apply_async((pk,), retry=False)
    return made


@shared_task(ignore_result=True)
def explain_plan(pk: int) -> bool:
    """Explain a finished plan for some seconds, and again while there is more to say."""
    more = explain.explain_some(pk)
    if more:
        explain_plan.apply_async((pk,), retry=False)
    return more


@shared_task(ignore_result=True)
def look_after_plans() -> int:
    """Every few seconds: plans whose worker died begin again, and workers are notified of what waits; how many."""
    waiting, unexplained = work.look_after(), explain.unexplained()
    for pk in waiting:
        make_plan.apply_async((pk,), retry=False, expires=NOTIFICATION_EXPIRES)
    for pk in unexplained:
        explain_plan.apply_async((pk,), retry=False, expires=NOTIFICATION_EXPIRES)
    return len(waiting) + len(unexplained)


@plans.queued.receiver
def notify_worker(pk: int) -> None:
    """Somebody watches the page: do not wait for the sweep."""
    make_plan.apply_async((pk,), retry=False)
