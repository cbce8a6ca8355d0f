"""The worker's and the clock's way in: `celery -A astcoord worker`, `celery -A astcoord beat`."""

import gc
import os
import signal
import threading
from typing import Any

from billiard.process import current_process
from celery import Celery, Task
from celery.concurrency.prefork import TaskPool
from celery.signals import (
    beat_init,
    celeryd_init,
    task_postrun,
    task_prerun,
    worker_init,
    worker_process_init,
    worker_ready,
    worker_shutting_down,
)
from django.db import close_old_connections, connection

from astcoord.core import with_parent

LAST_MOMENT = 150
"""Seconds that a worker may take to stop: longer than a task's hard time limit."""
SOON = 5
"""The same for the clock, which has nothing to finish."""
_ready = threading.Event()
"""Set once the worker takes work."""
_pulse: Any = None
"""In a worker's child: what notes that it works."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astcoord.settings.production")


class OurTask(Task):  # type: ignore[misc]
    """Whatever a task writes is said in the words of the policy in force (R-19.1)."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from astcoord.core import policy  # noqa: PLC0415 (models: only once Django has been set up)

        with policy.own_words():
            return super().__call__(*args, **kwargs)


app = Celery("astcoord", task_cls=OurTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def look_at_the_database_connection(task: Any = None, **kwargs: Any) -> None:
    """With CELERY_DB_REUSE_MAX nobody else does, and one restart of the database would strand a worker for good."""
    if not task.request.is_eager and not connection.in_atomic_block:
        close_old_connections()


@task_prerun.connect
def note_the_beginning(task: Any = None, **kwargs: Any) -> None:
    if _pulse:
        _pulse.begins(task.time_limit or app.conf.task_time_limit)


@task_postrun.connect
def note_the_end(**kwargs: Any) -> None:
    if _pulse:
        _pulse.ends()


@celeryd_init.connect
def end_with_serve_while_starting(**kwargs: Any) -> None:
    """A worker that hangs on its way up has nothing in hand, and what ends a hanging one later is not there yet."""
    with_parent.end_soon_after(SOON, unless=_ready.is_set)


@worker_init.connect
def get_ready_to_fork(**kwargs: Any) -> None:
    """Import once what every child needs: a child that imports by itself is slow to come, and shares less memory.

    What is loaded by then is never collected, and need not be looked at (which would copy its pages into each child).
    """
    from astcoord.core import documents  # noqa: PLC0415 (models: only once Django has been set up)

    documents.load()
    gc.collect()
    gc.freeze()


@worker_shutting_down.connect
def stop_in_any_case(**kwargs: Any) -> None:
    """A worker that is told to stop finishes what it has in hand. Should it hang instead, this ends it."""
    signal.alarm(LAST_MOMENT)


@beat_init.connect
def end_with_serve(**kwargs: Any) -> None:
    """Also where it hangs while it stops."""
    with_parent.end_soon_after(SOON)


@worker_ready.connect
def note_the_start(sender: Any = None, **kwargs: Any) -> None:
    """Whoever listens counts from here, and not from what an earlier worker of the same name left behind."""
    from astcoord.core import heartbeat  # noqa: PLC0415

    _ready.set()
    with_parent.end_soon_after(LAST_MOMENT)
    if isinstance(sender.pool, TaskPool):  # a worker without children is a test's
        heartbeat.note(worker=sender.hostname, pid=os.getpid())
        connection.close()  # no child may inherit it


@worker_process_init.connect
def warm_up(sender: Any = None, **kwargs: Any) -> None:
    """Fonts once per child, after the fork. A child ends with its parent, however that ended, and notes its work."""
    global _pulse  # noqa: PLW0603 (one in a process)
    from astcoord.core import documents, heartbeat  # noqa: PLC0415

    if current_process().name != "MainProcess":  # a worker without children is a test's
        with_parent.end_with(os.getppid(), signal.SIGKILL)
        _pulse = heartbeat.Pulse(worker=sender, pid=os.getppid())
        _pulse.start()
    documents.warm_up()
    gc.collect()
    gc.freeze()
