"""What a worker does for this floor: looks for messages that are due, and delivers them one by one."""

from datetime import datetime
from typing import Any

from celery import Task, shared_task
from celery.signals import before_task_publish
from django.utils import timezone

from astcoord.core import delivery, outbox, records, retention
from astcoord.core.clock import today


@before_task_publish.connect
def note_the_time(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """When a task was asked for: what was rung before a sweep was asked for has been heard by then, or is lost."""
    if headers is not None:
        headers["asked_at"] = timezone.now().isoformat()


A_MINUTE = 60  # shorter than a task's soft limit


@shared_task(ignore_result=True, bind=True)
def sweep_outbox(self: Task) -> int:
    """Run every few seconds and at every notification; two at once only notify twice. How many messages there were."""
    asked_at = self.request.get("asked_at")
    due = delivery.sweep(datetime.fromisoformat(asked_at) if asked_at else None)
    for pk in due:
        deliver_message.delay(pk)
    return len(due)


@shared_task(
    ignore_result=True,
    autoretry_for=delivery.DATABASE_AWAY,
    retry_backoff=1,
    retry_backoff_max=16,
    max_retries=20,
)
def deliver_message(pk: int) -> str:
    """Deliver one message; the task's result is only for the log."""
    return delivery.deliver(pk)


@shared_task(ignore_result=True)
def apply_retention() -> int:
    """Once a night: what is over its time goes (section G); how many records. A second run finds nothing."""
    return sum(done.count for done in retention.apply(today()))


@shared_task(ignore_result=True)
def check_records() -> int:
    """Several times a night, a minute each: whether what is stored agrees with its fingerprint; how many were seen."""
    return records.go_on(seconds=A_MINUTE).looked


@outbox.queued.receiver
def notify_worker() -> None:
    """Have a worker look now. Does not wait for a broker that is away: the sweep comes round anyway."""
    sweep_outbox.apply_async(retry=False, expires=30)
