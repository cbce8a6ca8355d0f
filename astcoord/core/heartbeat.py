"""Whether the workers work: each notes it in a row of its own, and others listen (docs/decisions/0022).

Knows nothing of Celery: `astcoord.celery` tells of each task. No letter waits for a note, and a database that is away
or takes nothing costs a line in the log.
"""

import logging
import threading
import time
import tomllib
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import Error, close_old_connections
from django.utils import timezone

from astcoord.core.models.heartbeat import Heartbeat

logger = logging.getLogger(__name__)

EVERY = 5
"""Seconds between two notes."""
SILENCE = 60
"""Seconds after which a worker of which nothing was heard is taken for dead: twelve sweeps."""
FORGOTTEN_AFTER = timedelta(days=1)
"""Machines come and go (a container has a new name each time): what is not heard of for so long is no worker."""


class Pulse:
    """Notes, in a thread of a worker's child, that it has worked since the last note or is at work still."""

    def __init__(self, *, worker: str, pid: int) -> None:
        self.worker, self.pid = worker, pid
        self.worked = False
        self.busy_until = 0.0

    def start(self) -> None:
        threading.Thread(target=self._run, name="pulse", daemon=True).start()

    def begins(self, limit: float) -> None:
        """A task is begun, which may take `limit` seconds: beyond that it counts as hanging."""
        self.busy_until = time.monotonic() + limit

    def ends(self) -> None:
        self.busy_until, self.worked = 0.0, True

    def beat(self) -> bool:
        """Make the note if there is something to tell. Whether there was."""
        if not self.worked and time.monotonic() >= self.busy_until:
            return False
        self.worked = False
        note(worker=self.worker, pid=self.pid)
        return True

    def _run(self) -> None:
        while True:
            time.sleep(EVERY)
            close_old_connections()
            self.beat()


def note(*, worker: str, pid: int) -> None:
    """Write down that this worker works. Two queries at most, but for the first time."""
    now = timezone.now()
    facts = {"pid": pid, "release": release(), "looked_at": now}
    try:
        if not Heartbeat.objects.filter(worker=worker).update(**facts):
            Heartbeat.objects.filter(looked_at__lt=now - FORGOTTEN_AFTER).delete()
            Heartbeat.objects.bulk_create([Heartbeat(worker=worker, **facts)], ignore_conflicts=True)
    except Error as error:
        logger.warning("It could not be noted that the worker works: %s", type(error).__name__)


def silent_since(now: datetime) -> datetime | None:
    """When any worker was last heard of, if that is too long ago. One query; None where none ever was.

    What stands in the future was written before the machine's clock was put right, and nothing since.
    """
    last: datetime | None = Heartbeat.objects.order_by("-looked_at").values_list("looked_at", flat=True).first()
    return min(last, now) if last and abs(now - last) > timedelta(seconds=SILENCE) else None


class Listener:
    """Listens to one worker by this process's own clock, so that it does not matter what the machine's is put to."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.last: datetime | None = None
        self.start_again()

    def silence(self) -> float:
        """Seconds since anything new was heard: none if it is now, or if a database that is away kept it from us."""
        try:
            close_old_connections()
            last = Heartbeat.objects.filter(worker=self.worker).values_list("looked_at", flat=True).first()
        except Error:
            self.start_again()
            return 0
        if last != self.last:
            self.last = last
            self.start_again()
            return 0
        return time.monotonic() - self.heard_at

    def start_again(self) -> None:
        """Count from now."""
        self.heard_at = time.monotonic()


@cache
def release() -> str:
    """The version of this software; "" where its project file is not there."""
    try:
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    except OSError:
        return ""
    return str(project["project"]["version"])
