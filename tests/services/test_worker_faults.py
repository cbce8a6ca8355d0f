"""A worker's children with PostgreSQL and Redis: killed, slow to come, left alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import connection

from astcoord.core import outbox
from tests import smtp
from tests.sites import eventually

pytestmark = pytest.mark.django_db(transaction=True)

CELERYS_OWN_TIMEOUT = 4


class Worker:
    """A worker in a process of its own, on the tests' database."""

    def __init__(self, folder: Path, relay_port: int) -> None:
        database = connection.settings_dict
        place = f"{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "astcoord.settings.development",
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"postgres://{place}",
            "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
            "EMAIL_URL": f"smtp://127.0.0.1:{relay_port}",
            "C_FORCE_ROOT": "1",
        }
        options = ["worker", "--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "astcoord", "--quiet", *options],
            cwd=settings.BASE_DIR,
            env=environment,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def relay() -> Iterator[smtp.Relay]:
    with smtp.running() as running:
        yield running


@pytest.fixture
def worker(tmp_path: Path, relay: smtp.Relay) -> Iterator[Worker]:
    redis.from_url(settings.CELERY_BROKER_URL).flushdb()
    made = Worker(tmp_path, relay.port)
    yield made
    made.kill()


def children(worker: Worker) -> list[int]:
    parent = worker.process.pid
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def arrives(relay: smtp.Relay, name: str) -> Any:
    address = f"{name}@marlshire.example"
    outbox.queue(key=name, kind="n", to=address, subject="S", body="B")
    return eventually(lambda: address in relay.recipients)


def test_a_replacement_that_is_slow_to_come_is_waited_for(worker: Worker, relay: smtp.Relay) -> None:
    """A starved machine: Celery's own four seconds would kill it, and the next, and every one after that."""
    assert arrives(relay, "before")
    [killed] = children(worker)
    os.kill(killed, signal.SIGKILL)
    while children(worker) in ([], [killed]):
        time.sleep(0.001)
    [slow] = children(worker)
    os.kill(slow, signal.SIGSTOP)
    time.sleep(CELERYS_OWN_TIMEOUT + 1)
    os.kill(slow, signal.SIGCONT)
    assert arrives(relay, "after")
    assert children(worker) == [slow]


def test_a_worker_that_is_killed_alone_leaves_no_child(worker: Worker, relay: smtp.Relay) -> None:
    assert arrives(relay, "before")
    [child] = children(worker)
    worker.process.kill()
    assert eventually(lambda: not Path(f"/proc/{child}").exists(), seconds=10)
