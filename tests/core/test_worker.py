"""A real worker, in this process: it is notified on commit, the worker looks, the message arrives."""

import time
from collections.abc import Callable

import pytest
from celery.contrib.testing.worker import start_worker
from django.core import mail
from django.db import transaction
from django.utils import timezone

from astcoord.celery import app
from astcoord.core import outbox, sweeping, tasks
from astcoord.core.models.messages import Message, MessageStatus

pytestmark = pytest.mark.django_db(transaction=True)


def eventually(true: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


def sent() -> int:
    return Message.objects.filter(status=MessageStatus.SENT).count()


@pytest.fixture(scope="module")
def worker(django_db_setup):
    with start_worker(app, pool="solo", perform_ping_check=False):
        yield


def test_r_5_3_a_worker_delivers_what_was_queued_once(worker):
    with transaction.atomic():
        for number in range(20):
            outbox.queue(key=str(number), kind="n", to=f"head@school-{number}.marlshire.example", subject="S", body="B")
    assert eventually(lambda: sent() == 20)
    assert sorted(m.to[0] for m in mail.outbox) == sorted(f"head@school-{n}.marlshire.example" for n in range(20))


def test_what_no_notification_told_of_is_found_by_the_sweep(worker, monkeypatch):
    monkeypatch.setattr(outbox.queued, "receivers", [])
    outbox.queue(key="silent", kind="n", to="head@oakfield.marlshire.example", subject="S", body="B")
    assert sent() == 0
    # As often as the clock asks: SQLite in memory, which a worker beside the tests shares, may be locked for once.
    assert eventually(lambda: tasks.sweep_outbox.delay() and eventually(lambda: sent() == 1, seconds=5))


def test_a_bell_that_was_lost_costs_seconds(worker, monkeypatch):
    """A broker that forgets a whole window: the next sweep rings again, because it was asked for after the bells."""
    monkeypatch.setattr(outbox.queued, "receivers", [])
    outbox.queue(key="lost", kind="n", to="head@oakfield.marlshire.example", subject="S", body="B")
    Message.objects.update(rung_at=timezone.now() - sweeping.FETCHED)
    tasks.sweep_outbox.delay()
    assert eventually(lambda: sent() == 1, seconds=20)
