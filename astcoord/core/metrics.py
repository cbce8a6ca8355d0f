"""Numbers for whoever watches the service, in Prometheus' text format, read from the database when asked for.

So they are the same whichever process answers, and a restart loses none. Labels are codes of ours, never of a person.
"""

from django.db.models import Count, Max, Min
from django.utils import timezone

from astcoord.core import records, relay
from astcoord.core.models.heartbeat import Heartbeat
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.models.records import RecordCheck

WAITING = (MessageStatus.QUEUED, MessageStatus.SENDING)


def text() -> bytes:
    """Everything, in six queries."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415 (no page needs it)

    registry = CollectorRegistry()

    def gauge(name: str, words: str, value: float) -> None:
        Gauge(f"astcoord_{name}", words, registry=registry).set(value)

    now = timezone.now()
    counted = dict(Message.objects.order_by().values_list("status").annotate(Count("pk")))
    messages = Gauge("astcoord_messages", "E-mails by what became of them", ["status"], registry=registry)
    for status in MessageStatus:
        messages.labels(status.value).set(counted.get(status.value, 0))
    oldest = Message.objects.filter(status__in=WAITING, due_at__lte=now).aggregate(at=Min("queued_at"))["at"]
    waits = (now - oldest).total_seconds() if oldest else 0
    gauge("message_oldest_waiting_seconds", "Since when the oldest e-mail that is due has waited", max(0, waits))
    breaker = relay.state()
    gauge("relay_paused", "1 while the mail relay is left alone", relay.paused(breaker, now))
    gauge("relay_failures", "Times in a row that the mail relay was away", breaker.failures)
    looked = Heartbeat.objects.aggregate(at=Max("looked_at"))["at"]
    gauge(
        "worker_looked_seconds", "When a worker last looked for work, 0 for never", looked.timestamp() if looked else 0
    )
    check = RecordCheck.objects.filter(pk=1).first()
    gauge(
        "record_mismatches", "Stored things that do not agree with their fingerprint", records.open_mismatches().count()
    )
    finished = check.finished_at.timestamp() if check and check.finished_at else 0
    gauge("record_check_finished_seconds", "When all fingerprints had been looked at, 0 during a round", finished)
    gauge("record_check_looked", "Fingerprints looked at in the present or last round", check.looked if check else 0)
    return bytes(generate_latest(registry))
