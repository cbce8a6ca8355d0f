"""A round of letters with PostgreSQL, Redis, a relay and a worker process, while things break."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from astcoord.core import outbox, tasks
from astcoord.core.models.messages import Message, MessageStatus
from tests import smtp

pytestmark = pytest.mark.django_db(transaction=True)

ROUND = 80


class Worker:
    """A worker in a process of its own, on the tests' database."""

    def __init__(self, folder: Path, relay_port: int) -> None:
        database = connection.settings_dict
        place = f"{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "astcoord.settings.development",
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"postgres://{place}",
            "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
            "EMAIL_URL": f"smtp://127.0.0.1:{relay_port}",
            "C_FORCE_ROOT": "1",
        }
        self.start()

    def start(self) -> None:
        options = ["worker", "--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "astcoord", "--quiet", *options],
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def relay() -> Iterator[smtp.Relay]:
    with smtp.running() as running:
        yield running


@pytest.fixture
def worker(tmp_path, relay) -> Iterator[Worker]:
    redis.from_url(settings.CELERY_BROKER_URL).flushdb()
    made = Worker(tmp_path, relay.port)
    yield made
    made.kill()


def queue_a_round() -> None:
    with transaction.atomic():
        for number in range(ROUND):
            head = f"head@school-{number}.marlshire.example"
            outbox.queue(key=f"round:{number}", kind="n", to=head, subject="S", body="B")


def wait_for(number: int, relay: smtp.Relay, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while len(set(relay.recipients)) < number and time.monotonic() < until:
        time.sleep(0.02)
    assert len(set(relay.recipients)) >= number


def wait_until_nothing_is_on_the_wire() -> None:
    """An answer that the relay has given already may not be written down yet."""
    until = time.monotonic() + 60
    while Message.objects.filter(status=MessageStatus.SENDING).exists() and time.monotonic() < until:
        time.sleep(0.02)


def a_few_minutes_pass() -> None:
    """Leases run out and notifications are taken for unheard, without the waiting."""
    Message.objects.filter(status=MessageStatus.SENDING).update(lease_until=timezone.now())
    Message.objects.filter(status=MessageStatus.QUEUED).update(rung_at=None)
    tasks.sweep_outbox.delay()


def require_all_delivered_once(relay: smtp.Relay) -> None:
    """Every school has its letter; a second copy only where a worker died on the wire, under the same identity."""
    until = time.monotonic() + 60
    while Message.objects.exclude(status=MessageStatus.SENT).exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not Message.objects.exclude(status=MessageStatus.SENT).exists()
    assert set(relay.recipients) == {f"head@school-{number}.marlshire.example" for number in range(ROUND)}
    twice = [address for address in set(relay.recipients) if relay.recipients.count(address) > 1]
    assert set(twice) <= set(Message.objects.filter(ambiguous__gt=0).values_list("to_email", flat=True))
    assert len({str(message["Message-ID"]) for message in relay.taken}) == ROUND


def test_r_5_3_a_worker_killed_in_the_middle_loses_and_doubles_nothing(worker, relay):
    queue_a_round()
    for number in (10, 40):
        wait_for(number, relay)
        worker.kill()
        worker.start()
        a_few_minutes_pass()
    require_all_delivered_once(relay)


def test_r_5_3_a_broker_that_forgets_everything_loses_nothing(worker, relay):
    queue_a_round()
    broker = redis.from_url(settings.CELERY_BROKER_URL)
    for number in (10, 40):
        wait_for(number, relay)
        broker.flushdb()  # all of it: a worker of the tests has a database of its own
        a_few_minutes_pass()
    require_all_delivered_once(relay)


def test_r_5_3_a_relay_that_defers_for_a_while_gets_every_letter_once(worker, relay):
    queue_a_round()
    wait_for(10, relay)
    relay.answers["RCPT"] = "451 4.3.0 try later"
    time.sleep(0.5)
    relay.answers.clear()
    wait_until_nothing_is_on_the_wire()
    Message.objects.filter(status=MessageStatus.QUEUED).update(due_at=timezone.now())
    a_few_minutes_pass()
    require_all_delivered_once(relay)
